import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { fail, messageOf, ok, type Result } from '../../model/result.ts';
import { userEnvironment } from '../run/environment.ts';
import { ensureStateFolder, stateFolderOf } from '../store/state-folder.ts';
import { attemptStorage } from '../store/storage-failure.ts';
import type { RunnerAnswer, RunnerRequest } from './runner-request.ts';

export type { EngineOptionsJson, RunnerRequest } from './runner-request.ts';

/** How to start the runner program. */
export interface RunnerCommand {
  /** An executable: `process.execPath`. */
  readonly file: string;
  /** The runner's bundle, with node's own options before it. */
  readonly args: readonly string[];
  /** The whole environment; in desktop VS Code with `ELECTRON_RUN_AS_NODE: '1'`, which tasks do not inherit. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * A small young generation: 12 MB less for a run of 200 tasks at the same speed. Starting a process copies the page
 * tables of the one that starts it, so every megabyte of the runner is paid for with each task.
 */
const leanOptions = ['--max-semi-space-size=1'];

/** A busy machine takes seconds to start a process; half a minute without an answer is trouble. */
const defaultTimeoutMs = 30_000;

/**
 * Starts a detached runner and waits until it has created the execution; from there on the runner lives without
 * us. What the runner has to complain about goes to `runner.log` in the state folder.
 * Refused: what `startExecution` and `restartExecution` refuse, `storage`, and `runner-failed`.
 */
export async function launchRunner(
  command: RunnerCommand,
  request: RunnerRequest,
  options: { readonly timeoutMs?: number } = {},
): Promise<Result<{ readonly id: string }>> {
  const folder = stateFolderOf(request.engine.workspace, request.engine.stateFolder);
  const ensured = ensureStateFolder(folder);
  if (!ensured.ok) return ensured;
  const runnerLog = path.join(folder.root, 'runner.log');
  const opened = attemptStorage(`open ${runnerLog}`, () => openLog(runnerLog));
  if (!opened.ok) return opened;
  const complaints = opened.value;
  let child: ChildProcess;
  try {
    child = spawn(command.file, [...leanOptions, ...command.args], {
      cwd: folder.workspace,
      env: environmentOf(command),
      stdio: ['pipe', 'pipe', complaints],
      // A session of its own: no terminal and no window takes it along when it goes.
      detached: true,
      windowsHide: true,
    });
  } catch (error) {
    return fail('runner-failed', `the runner could not be started: ${messageOf(error)}`);
  } finally {
    closeSync(complaints);
  }
  const answer = await converse(child, request, options.timeoutMs ?? defaultTimeoutMs);
  child.unref();
  if (answer.kind === 'answered') {
    return answer.answer.type === 'execution-created'
      ? ok({ id: answer.answer.id })
      : { ok: false, error: answer.answer.failure };
  }
  // An execution that nobody waits for must not start late.
  if (answer.kind === 'silent') child.kill('SIGKILL');
  return fail('runner-failed', `the runner ${answer.message}`, `see ${runnerLog}`);
}

/** Complaints are rare; a file of a megabyte has been there for years and is begun anew. */
function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 1024 * 1024) truncateSync(file);
  return openSync(file, 'a', 0o600);
}

type Conversation =
  | { readonly kind: 'answered'; readonly answer: RunnerAnswer }
  | { readonly kind: 'ended' | 'silent'; readonly message: string };

/** Sends the request and takes the first line of the answer, whatever comes first: that, the end, or the timeout. */
function converse(
  child: ChildProcess,
  request: RunnerRequest,
  timeoutMs: number,
): Promise<Conversation> {
  return new Promise((resolve) => {
    let text = '';
    const { stdin, stdout } = child;
    const finish = (conversation: Conversation): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      // A late error of a stream that is closed now has nobody to go to.
      child.on('error', () => undefined);
      stdin?.destroy();
      stdout?.destroy();
      resolve(conversation);
    };
    const timer = setTimeout(() => {
      const message = `did not answer within ${String(timeoutMs / 1000)} s`;
      finish({ kind: 'silent', message });
    }, timeoutMs);
    child.on('error', (error) => {
      finish({ kind: 'ended', message: `could not be started: ${error.message}` });
    });
    child.on('close', (code, signal) => {
      const how = signal ?? `code ${String(code)}`;
      finish({ kind: 'ended', message: `ended with ${how} before it created the execution` });
    });
    stdout?.setEncoding('utf8');
    stdout?.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end === -1) return;
      const answer = parseAnswer(text.slice(0, end));
      finish(
        answer === null
          ? { kind: 'silent', message: 'gave an answer that cannot be understood' }
          : { kind: 'answered', answer },
      );
    });
    // A runner that ends early closes the pipe; its end is what counts.
    for (const stream of [stdin, stdout] as readonly (Readable | null)[]) {
      stream?.on('error', () => undefined);
    }
    stdin?.end(JSON.stringify(request));
  });
}

function parseAnswer(line: string): RunnerAnswer | null {
  try {
    const value = JSON.parse(line) as Partial<RunnerAnswer> | null;
    if (value?.type === 'execution-created' && typeof value.id === 'string') {
      return { type: value.type, id: value.id };
    }
    if (value?.type === 'refused' && typeof value.failure?.message === 'string') {
      return { type: value.type, failure: value.failure };
    }
    return null;
  } catch {
    return null;
  }
}

/** A runner started by a task is not part of that task: it must not be found by its variables and ended with it. */
function environmentOf(command: RunnerCommand): Record<string, string | undefined> {
  const { ELECTRON_RUN_AS_NODE: asNode } = command.env;
  const environment = { ...userEnvironment(command.env) };
  return asNode === undefined ? environment : { ...environment, ELECTRON_RUN_AS_NODE: asNode };
}
