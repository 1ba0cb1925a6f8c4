import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';

const root = path.join(import.meta.dirname, '../..');

/** The built program: `npm run build` makes it. */
export const cliFile = path.join(root, 'dist/cli.cjs');

/** What a finished command left. */
export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** What it has printed so far. */
  readonly output: () => string;
}

/** Without what would change the output on the machine of whoever runs the tests. */
function environment(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { NO_COLOR: _a, FORCE_COLOR: _b, CI: _c, AGENT_EXECUTOR_DEBUG: _d, ...rest } = process.env;
  return { ...rest, ...more };
}

/** Starts the built command line in a folder. */
export function startCli(
  directory: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Running {
  if (!existsSync(cliFile)) throw new Error(`${cliFile} is not there: npm run build makes it`);
  const child = spawn(process.execPath, [cliFile, ...args], {
    cwd: directory,
    env: environment(more),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // One that a failed test left behind must neither hold up the end of the tests nor outlive it.
  child.unref();
  for (const stream of [child.stdout, child.stderr])
    (stream as Readable & Pick<Socket, 'unref'>).unref();
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('close', () => process.removeListener('exit', end));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
  return { child, finished, output: () => stdout + stderr };
}

/** Runs the built command line to its end. */
export function runCli(
  directory: string,
  args: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  return startCli(directory, args, more).finished;
}

/** Waits until a condition holds; fails with `what` after 15 s. */
export async function until<T>(what: string, look: () => T | null | undefined | false): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const found = look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited 15 s for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** A folder of its own with the sample workflows and the given ones; the caller removes it. */
export async function makeWorkspace(
  workflows: Readonly<Record<string, string>> = {},
  hasSamples = false,
): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'agent-executor-cli-')));
  await mkdir(path.join(folder, 'workflows'));
  if (hasSamples) {
    await cp(path.join(root, 'workflows'), path.join(folder, 'workflows'), { recursive: true });
  }
  for (const [agent, text] of Object.entries(workflows)) {
    await writeFile(path.join(folder, 'workflows', `${agent}.yaml`), text);
  }
  return folder;
}

/** Removes a folder that processes may still be leaving. */
export async function removeWorkspace(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** A workflow of one `node` task. */
export function nodeWorkflow(script: string, more = ''): string {
  const lines = script.split('\n').map((line) => `      ${line}`);
  return `tasks:\n  work:\n    shell: node\n    run: |\n${lines.join('\n')}\n${more}`;
}

/** The JSON lines of an output. */
export function jsonLines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
