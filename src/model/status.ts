/**
 * The states of executions and tasks, and the one table of legal transitions.
 * `active` states have an owner that must act; `over` states are final until a retry or a resume starts them anew.
 */
import { err, ok, type Failure, type Result } from './result.ts';

/** Every state an execution can be in. */
export const executionStatuses = [
  'pending',
  'queued',
  'running',
  'waiting',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** Every state a task can be in. */
export const taskStatuses = [
  'pending',
  'running',
  'retrying',
  'waiting',
  'cancelling',
  'succeeded',
  'failed',
  'cancelled',
  'skipped',
  'interrupted',
] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** Why something has status `failed`. */
export const failureReasons = [
  'exit',
  'signal',
  'timeout',
  'spawn',
  'output',
  'expression',
  'rejected',
  'invalid-workflow',
  'internal',
] as const;
export type FailureReason = (typeof failureReasons)[number];

type Table<S extends string> = Readonly<Record<S, readonly S[]>>;

/**
 * execution:  pending ─► queued ─► running ◄─► waiting      every active state ─► interrupted (owner proved dead)
 *                └────────────────►  │  ─► cancelling ─► cancelled | failed (the workflow's own timeout)
 *                                    └──► succeeded | failed | cancelled
 *             failed | cancelled | interrupted ─► pending   (retry, resume)
 */
export const executionTransitions: Table<ExecutionStatus> = {
  pending: ['queued', 'running', 'waiting', 'cancelling', 'failed', 'cancelled', 'interrupted'],
  queued: ['running', 'cancelling', 'failed', 'cancelled', 'interrupted'],
  running: ['waiting', 'cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted'],
  waiting: ['running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted'],
  cancelling: ['failed', 'cancelled', 'interrupted'],
  succeeded: [],
  failed: ['pending'],
  cancelled: ['pending'],
  interrupted: ['pending'],
};

/**
 * task:  pending ─► running ─► succeeded | failed | cancelled      every active state ─► interrupted
 *           │         ▲  └──► retrying ─► running
 *           │         └─ waiting (approval) ─► succeeded | failed | cancelled
 *           └──► skipped | cancelled | failed (before it could start)
 *        over ─► pending (retry, resume; also a succeeded one whose need runs again)
 */
export const taskTransitions: Table<TaskStatus> = {
  pending: ['running', 'waiting', 'skipped', 'failed', 'cancelled', 'interrupted'],
  running: ['retrying', 'cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted'],
  retrying: ['running', 'failed', 'cancelled', 'interrupted'],
  waiting: ['cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted'],
  cancelling: ['succeeded', 'failed', 'cancelled', 'interrupted'],
  succeeded: ['pending'],
  failed: ['pending'],
  cancelled: ['pending'],
  skipped: ['pending'],
  interrupted: ['pending'],
};

/** True when nothing more happens by itself. */
export function isExecutionOver(status: ExecutionStatus): boolean {
  return (
    status === 'succeeded' ||
    status === 'failed' ||
    status === 'cancelled' ||
    status === 'interrupted'
  );
}

/** True when nothing more happens to the task by itself. */
export function isTaskOver(status: TaskStatus): boolean {
  return (
    status === 'succeeded' ||
    status === 'failed' ||
    status === 'cancelled' ||
    status === 'skipped' ||
    status === 'interrupted'
  );
}

/** Refuses an illegal change of an execution's state with an error that names both states. */
export function checkExecutionTransition(
  from: ExecutionStatus,
  to: ExecutionStatus,
): Result<ExecutionStatus> {
  return check('an execution', executionTransitions, from, to);
}

/** Refuses an illegal change of a task's state with an error that names both states. */
export function checkTaskTransition(
  task: string,
  from: TaskStatus,
  to: TaskStatus,
): Result<TaskStatus> {
  return check(`task "${task}"`, taskTransitions, from, to);
}

function check<S extends string>(what: string, table: Table<S>, from: S, to: S): Result<S> {
  if (table[from].includes(to)) return ok(to);
  const legal = table[from].join(', ') || 'none';
  const failure: Failure = {
    code: 'illegal-transition',
    message: `${what} cannot go from "${from}" to "${to}"; from "${from}" only: ${legal}`,
  };
  return err(failure);
}
