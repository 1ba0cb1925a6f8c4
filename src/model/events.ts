/**
 * Everything that can happen to an execution. The journal stores these records in order, and the state of an
 * execution is their fold (`apply-event.ts`); nothing else changes it. `at` is for display: order is (epoch, seq).
 */
import type { Approval, Execution, Owner, TaskExecution, Timestamp } from './execution.ts';
import type { FailureReason } from './status.ts';

/** One member per thing that can happen; `type` tells them apart. */
export type ExecutionEvent =
  | ExecutionCreated
  | ExecutionClaimed
  | ExecutionQueued
  | ExecutionStarted
  | ExecutionWaiting
  | ExecutionCancelling
  | ExecutionFinished
  | ExecutionRestarted
  | TaskStarted
  | TaskSpawned
  | TaskRetrying
  | TaskWaiting
  | TaskApproved
  | TaskChildStarted
  | TaskCancelling
  | TaskFinished;

interface Base {
  readonly at: Timestamp;
}

/** The first record of every journal chain: the whole execution as planned, all tasks pending. */
export interface ExecutionCreated extends Base {
  readonly type: 'execution-created';
  readonly execution: Execution;
}

/** A process took ownership of an existing execution (retry, resume, recovery). */
export interface ExecutionClaimed extends Base {
  readonly type: 'execution-claimed';
  readonly owner: Owner;
  readonly why: 'retry' | 'resume' | 'recovery' | 'reopen';
}

/** Another execution of the same concurrency group is active. */
export interface ExecutionQueued extends Base {
  readonly type: 'execution-queued';
  readonly message: string;
}

/** Tasks run from here on (also after `waiting`). */
export interface ExecutionStarted extends Base {
  readonly type: 'execution-started';
}

/** Only approvals are left. */
export interface ExecutionWaiting extends Base {
  readonly type: 'execution-waiting';
}

/** A cancel was accepted, or the workflow's own timeout ran out. */
export interface ExecutionCancelling extends Base {
  readonly type: 'execution-cancelling';
  readonly by: string;
  /** `kill` for a second cancel. */
  readonly how: 'cancel' | 'kill';
}

/** The end of the execution. Tasks that were not over yet get the end status too: see `apply-event.ts`. */
export interface ExecutionFinished extends Base {
  readonly type: 'execution-finished';
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'interrupted';
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A retry or resume: the named tasks go back to pending, the others keep their results. */
export interface ExecutionRestarted extends Base {
  readonly type: 'execution-restarted';
  readonly why: 'retry' | 'resume';
  readonly by: string;
  readonly tasks: readonly string[];
}

/** The intent to run an attempt; durable before any process is spawned. */
export interface TaskStarted extends Base {
  readonly type: 'task-started';
  readonly task: string;
  readonly attempt: number;
  readonly log: string;
}

/** The attempt's process exists. Written without a sync of its own: it only helps to judge an attempt in doubt. */
export interface TaskSpawned extends Base {
  readonly type: 'task-spawned';
  readonly task: string;
  readonly attempt: number;
  readonly pid: number;
  readonly processStartTime: string | null;
}

/** An attempt failed and another one follows at `nextAttemptAt`. */
export interface TaskRetrying extends Base {
  readonly type: 'task-retrying';
  readonly task: string;
  readonly attempt: number;
  readonly reason: FailureReason;
  readonly message: string;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly nextAttemptAt: Timestamp;
}

/** The task asks a person. */
export interface TaskWaiting extends Base {
  readonly type: 'task-waiting';
  readonly task: string;
  readonly attempt: number;
  readonly log: string;
  readonly question: string;
}

/** A person decided; the end of the task follows as `task-finished`. */
export interface TaskApproved extends Base {
  readonly type: 'task-approved';
  readonly task: string;
  readonly approval: Approval;
}

/** A `uses` task started its child execution. */
export interface TaskChildStarted extends Base {
  readonly type: 'task-child-started';
  readonly task: string;
  readonly child: string;
}

/** The task was told to stop. */
export interface TaskCancelling extends Base {
  readonly type: 'task-cancelling';
  readonly task: string;
}

/** The end of a task (of its newest attempt where it had one). */
export interface TaskFinished extends Base {
  readonly type: 'task-finished';
  readonly task: string;
  readonly attempt: number;
  readonly status: 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'interrupted';
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a planner fills in for a new task; everything that has not happened yet is null. */
export function pendingTask(
  plan: Pick<
    TaskExecution,
    'id' | 'name' | 'kind' | 'group' | 'matrix' | 'needs' | 'isFinally' | 'continueOnError'
  > &
    Pick<TaskExecution, 'timeoutMs' | 'stuckAfterMs'>,
): TaskExecution {
  // One literal without a spread: of thousands of tasks each would be ten times as large to make, and slower to copy.
  return {
    id: plan.id,
    name: plan.name,
    kind: plan.kind,
    group: plan.group,
    matrix: plan.matrix,
    needs: plan.needs,
    isFinally: plan.isFinally,
    continueOnError: plan.continueOnError,
    timeoutMs: plan.timeoutMs,
    stuckAfterMs: plan.stuckAfterMs,
    status: 'pending',
    reason: null,
    message: null,
    attempt: 0,
    attempts: [],
    startedAt: null,
    finishedAt: null,
    exitCode: null,
    outputs: {},
    lastOutputAt: null,
    nextAttemptAt: null,
    question: null,
    approval: null,
    child: null,
  };
}
