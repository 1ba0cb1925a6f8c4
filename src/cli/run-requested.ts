import { readFileSync, writeSync } from 'node:fs';
import { noteFinished } from '../engine/history/note-finished.ts';
import { parseRunnerRequest, runFromRequest } from '../engine/launch/run-from-request.ts';
import type { RunnerAnswer } from '../engine/launch/runner-request.ts';
import type { Log } from '../engine/ports.ts';
import type { RunningExecution } from '../engine/run/engine-options.ts';
import { stateFolderOf } from '../engine/store/state-folder.ts';
import { messageOf } from '../model/result.ts';
import { exitStatus, exitStatusOf } from './exit-status.ts';

let running: RunningExecution | null = null;

/** Standard error is `runner.log`. */
const log: Log = {
  debug: () => undefined,
  info: (message) => {
    complain('info', message);
  },
  warn: (message) => {
    complain('warning', message);
  },
  error: (message) => {
    complain('error', message);
  },
};

function complain(level: string, message: string): void {
  try {
    const at = new Date().toISOString();
    writeSync(2, `${at} [${String(process.pid)}] ${level}: ${message}\n`);
  } catch {
    // A full disk; the execution's own record says what matters.
  }
}

function answer(line: RunnerAnswer): void {
  try {
    writeSync(1, `${JSON.stringify(line)}\n`);
  } catch {
    // Whoever launched us is gone already: the execution goes on without.
  }
}

function die(thrown: unknown): void {
  complain('error', thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown));
  // Its processes must not go on without an owner; the execution is found as interrupted.
  running?.dispose();
  process.exit(70);
}

/** Runs the one request that `launchRunner` wrote to standard input; the process ends with it. */
export async function runRequested(): Promise<void> {
  try {
    process.exitCode = await serve();
  } catch (error) {
    die(error);
  }
}

async function serve(): Promise<number> {
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  // The terminal or window that launched us is no reason to end.
  process.on('SIGHUP', () => undefined);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (running === null) process.exit(exitStatus.cancelled);
      running.cancel(signal);
    });
  }
  const request = parseRunnerRequest(readFileSync(0, 'utf8'));
  if (!request.ok) {
    answer({ type: 'refused', failure: request.error });
    return exitStatus.usage;
  }
  const environment = process.env;
  const started = await runFromRequest(request.value, { environment, log, answer });
  if (!started.ok) return exitStatus.usage;
  running = started.value;
  const finished = await running.finished;
  const { workspace, stateFolder } = request.value.engine;
  await noteFinished(stateFolderOf(workspace, stateFolder), finished.id);
  return exitStatusOf(finished);
}
