import type { AttemptRow, TaskRow } from '../../../src/protocol/detail-messages.ts';

/** A task as the page gets it: pending, unless `change` says more. */
export function taskRow(id: string, change: Partial<TaskRow> = {}): TaskRow {
  return {
    index: 0,
    id,
    name: id,
    kind: 'run',
    group: null,
    needs: [],
    isFinally: false,
    continueOnError: false,
    status: 'pending',
    isStuck: false,
    reason: null,
    message: null,
    attempt: 0,
    attempts: [],
    startedMs: null,
    finishedMs: null,
    exitCode: null,
    nextAttemptMs: null,
    question: null,
    child: null,
    usualMs: null,
    ...change,
  };
}

/** One attempt; `finishedMs` null is one that goes on. */
export function attemptRow(
  attempt: number,
  startedMs: number,
  finishedMs: number | null,
  status: AttemptRow['status'] = finishedMs === null ? 'running' : 'succeeded',
): AttemptRow {
  return { attempt, status, reason: null, message: null, exitCode: null, startedMs, finishedMs };
}

/** A task that ran once. */
export function ranRow(
  id: string,
  startedMs: number,
  finishedMs: number | null,
  change: Partial<TaskRow> = {},
): TaskRow {
  return taskRow(id, {
    status: finishedMs === null ? 'running' : 'succeeded',
    attempt: 1,
    attempts: [attemptRow(1, startedMs, finishedMs)],
    startedMs,
    finishedMs,
    ...change,
  });
}
