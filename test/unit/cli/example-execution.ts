import type { Attempt, Execution, TaskExecution } from '../../../src/model/execution.ts';
import { newExecution, newTask } from '../model/build-execution.ts';

/** The moment that tests call now: seven seconds after the example was created. */
export const nowMs = Date.parse('2026-11-22T14:15:10.000Z');

/** A moment of the example, in seconds after its creation. */
export function at(seconds: number): string {
  return new Date(Date.parse('2026-11-22T14:15:03.000Z') + seconds * 1000).toISOString();
}

/** A running execution with the given tasks. */
export function exampleExecution(change: Partial<Execution> = {}): Execution {
  return newExecution([], {
    status: 'running',
    createdAt: at(0),
    startedAt: at(0),
    seq: 1,
    ...change,
  });
}

/** An attempt that runs since `from`, or ended at `to` (seconds). */
export function exampleAttempt(
  from: number,
  to: number | null = null,
  change: Partial<Attempt> = {},
): Attempt {
  return {
    attempt: 1,
    status: to === null ? 'running' : 'succeeded',
    reason: null,
    message: null,
    exitCode: null,
    signal: null,
    startedAt: at(from),
    finishedAt: to === null ? null : at(to),
    log: 'executions/20261122-141503-7f3a/test.1.log',
    pid: null,
    processStartTime: null,
    ...change,
  };
}

/** A task that succeeded between two moments. */
export function succeededTask(id: string, from: number, to: number): TaskExecution {
  return newTask(id, {
    status: 'succeeded',
    attempt: 1,
    attempts: [exampleAttempt(from, to)],
    startedAt: at(from),
    finishedAt: at(to),
  });
}

/** A task that runs since a moment. */
export function runningTask(id: string, from: number): TaskExecution {
  return newTask(id, {
    status: 'running',
    attempt: 1,
    attempts: [exampleAttempt(from)],
    startedAt: at(from),
  });
}

/** A task that failed between two moments. */
export function failedTask(id: string, from: number, to: number, message: string): TaskExecution {
  return newTask(id, {
    status: 'failed',
    reason: 'exit',
    message,
    attempt: 1,
    attempts: [
      exampleAttempt(from, to, { status: 'failed', message, log: `executions/x/${id}.1.log` }),
    ],
    startedAt: at(from),
    finishedAt: at(to),
  });
}
