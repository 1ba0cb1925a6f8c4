import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { outFolder, type Host } from './hosts.ts';
import { endFamily, familyVariable, killFamily } from './process-tree.ts';
import { lastLines, runTool } from './run-tool.ts';

/** User settings by their full name. */
export type Settings = Readonly<Record<string, unknown>>;

/** What `startServer` may be told. */
export interface ServerOptions {
  /** Names the log file: `out/host-logs/<host>-<label>-<n>.log`. */
  readonly label: string;
  readonly settings?: Settings;
  /** Extra variables; the extension host, runners and tasks inherit them. */
  readonly env?: NodeJS.ProcessEnv;
  /** Options of Node for the server and its extension hosts. */
  readonly nodeOptions?: readonly string[];
  /** VSIX files to install before it starts. */
  readonly vsix?: readonly string[];
  /**
   * Lets a window take a `payload` (an extension's folder, a test suite). The newest editor shows no
   * notifications in the corner then: leave it out where a VSIX is installed.
   */
  readonly takesPayload?: boolean;
  /** For a person: asked for in the URL. Without it whoever reaches the port gets in. */
  readonly token?: string;
}

/** A running VS Code server on 127.0.0.1 with a data folder of its own. */
export interface Server {
  readonly host: Host;
  readonly port: number;
  /** Such as `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** User data, logs and extensions; removed by `dispose`. */
  readonly dataFolder: string;
  readonly logFile: string;
  /** Process id of the server; its extension hosts are below it. */
  readonly pid: number;
  /** Ends the server but not what detached itself (a runner), as a crash of the machine's editor would. */
  stop(): Promise<void>;
  /** Ends the server and everything it ever started, and removes its data folder. */
  dispose(): Promise<void>;
}

const startLimitMs = 60_000;

/** A window without what distracts, the same on every machine. */
const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tree.renderIndentGuides': 'none',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'git.openRepositoryInParentFolders': 'never',
  'git.autofetch': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.autoDetectColorScheme': false,
  'window.autoDetectHighContrast': false,
  'editor.cursorBlinking': 'solid',
};

/** Starts `host` and resolves when it answers. Rejects, with the end of its log, after a minute. */
export async function startServer(host: Host, options: ServerOptions): Promise<Server> {
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'agent-executor-host-'));
  const extensionsFolder = path.join(dataFolder, 'extensions');
  const settings = JSON.stringify({ ...quietSettings, ...options.settings }, null, 2);
  for (const scope of ['User', 'Machine']) {
    await mkdir(path.join(dataFolder, 'data', scope), { recursive: true });
  }
  await mkdir(extensionsFolder);
  await writeFile(path.join(dataFolder, 'data/User/settings.json'), settings);
  for (const file of options.vsix ?? []) await installVsix(host, dataFolder, file);

  const mark = randomUUID();
  const port = await freePort();
  const { logFile, log } = openLog(`${host.name}-${options.label}`);
  const access = ['--without-connection-token'];
  if (options.token !== undefined) {
    // In a file, since everybody can read the arguments of a process.
    const file = path.join(dataFolder, 'token');
    await writeFile(file, options.token, { mode: 0o600 });
    access.splice(0, 1, '--connection-token-file', file);
  }
  const child = spawn(
    host.node,
    [
      ...(options.nodeOptions ?? []),
      path.join(host.folder, 'out/server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(port), ...access],
      ...['--accept-server-license-terms', '--telemetry-level', 'off'],
      ...['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder],
      ...(options.takesPayload === true ? ['--enable-smoke-test-driver'] : []),
    ],
    {
      env: { ...cleanEnv(), ...options.env, [familyVariable]: mark },
      stdio: ['ignore', log, log],
      // A group of its own, so that one signal ends the whole tree.
      detached: true,
    },
  );
  closeSync(log);
  const pid = child.pid ?? 0;
  const killAtExit = (): void => killFamily(child.pid, mark);
  process.once('exit', killAtExit);
  const stop = (): Promise<void> => endFamily(child.pid);
  const dispose = async (): Promise<void> => {
    await endFamily(child.pid, mark);
    process.removeListener('exit', killAtExit);
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  const origin = `http://127.0.0.1:${String(port)}`;
  const isUp = await waitForAnswer(`${origin}/version`, () => child.exitCode === null);
  if (!isUp) {
    const tail = lastLines(readFileSync(logFile, 'utf8'));
    await dispose();
    throw new Error(`VS Code ${host.vscodeVersion} did not start; ${logFile} ends with\n${tail}`);
  }
  return { host, port, origin, dataFolder, logFile, pid, stop, dispose };
}

/** Installs a VSIX as a user would, into the data folder of a server that is not running yet. */
export async function installVsix(host: Host, dataFolder: string, vsix: string): Promise<void> {
  const args = [
    path.join(host.folder, 'out/server-main.js'),
    ...['--accept-server-license-terms', '--install-extension', vsix, '--force'],
    ...['--server-data-dir', dataFolder],
    ...['--extensions-dir', path.join(dataFolder, 'extensions')],
  ];
  const { exitCode, output } = await runTool(host.node, args, {
    env: cleanEnv(),
    timeoutMs: 60_000,
  });
  if (exitCode !== 0 || !output.includes('was successfully installed')) {
    throw new Error(`VS Code ${host.vscodeVersion} refused ${vsix}\n${lastLines(output)}`);
  }
}

/**
 * The URL of a window on `folder`: absolute path of a folder or of a `.code-workspace` file, or empty for a window
 * without any. `payload` is what the editor is told beyond that.
 */
export function windowUrl(
  server: Pick<Server, 'origin'>,
  folder: string,
  payload: readonly (readonly [name: string, value: string])[] = [],
): string {
  const query = new URLSearchParams(
    folder === ''
      ? { ew: 'true' }
      : { [folder.endsWith('.code-workspace') ? 'workspace' : 'folder']: folder },
  );
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${server.origin}/?${query.toString()}`;
}

/** How a window names a path on the machine of its server. */
export function remoteUri(server: Pick<Server, 'port'>, file: string): string {
  return `vscode-remote://127.0.0.1:${String(server.port)}${encodeURI(file)}`;
}

/** Our environment without what would change another Node or a nested editor. */
function cleanEnv(): NodeJS.ProcessEnv {
  const dropped = /^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_PATH$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.test(name)));
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function openLog(name: string): { logFile: string; log: number } {
  const folder = path.join(outFolder, 'host-logs');
  mkdirSync(folder, { recursive: true });
  for (let number = 1; ; number++) {
    const logFile = path.join(folder, `${name}-${String(process.pid)}-${String(number)}.log`);
    try {
      return { logFile, log: openSync(logFile, 'wx') };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function waitForAnswer(url: string, isAlive: () => boolean): Promise<boolean> {
  const deadline = Date.now() + startLimitMs;
  while (isAlive() && Date.now() < deadline) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (response?.ok === true) return true;
    await sleep(100);
  }
  return false;
}
