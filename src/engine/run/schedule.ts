/** What goes into the scheduler and what comes out of it. */

/** How a task ended. */
export type TaskEnd = 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'interrupted';

/** What the scheduler must know about a task. Tasks are named by their place in the list. */
export interface SchedulerTask {
  readonly needs: readonly number[];
  readonly isFinally: boolean;
  readonly continueOnError: boolean;
  /** False for what only waits, such as an approval. */
  readonly takesSlot: boolean;
  /** `plain` has no status function in it, so it cannot hold after a failure; `status` may. */
  readonly condition: 'none' | 'plain' | 'status';
  /** Place of its matrix in the list of groups. */
  readonly group: number | null;
  /** The end it had in an earlier attempt of the execution and keeps; null when it is to run. */
  readonly kept: TaskEnd | null;
}

/** The combinations of one matrix task. */
export interface SchedulerGroup {
  readonly maxParallel: number | null;
  readonly failFast: boolean;
}

/** What the status functions of a task's `if` see; `skipped` makes all of them false. */
export type StatusBefore = 'success' | 'failure' | 'cancelled' | 'skipped';

/** Why a task ends without having run, or is told to stop. */
export type EndCause =
  | { readonly kind: 'need'; readonly need: number }
  | { readonly kind: 'fail-fast'; readonly failed: number }
  | { readonly kind: 'matrix-fail-fast'; readonly failed: number }
  | { readonly kind: 'cancel' | 'timeout' | 'kill' };

/** The next thing to do, in the order given. */
export type SchedulerAction =
  /** Evaluate the task's `if`, then call `admit` or `end(task, …)`. */
  | { readonly type: 'decide'; readonly task: number; readonly before: StatusBefore }
  /** It has its slot: start an attempt. */
  | { readonly type: 'start'; readonly task: number }
  /** It will not run (any more) and counts as over already: record it. */
  | {
      readonly type: 'drop';
      readonly task: number;
      readonly status: 'skipped' | 'cancelled';
      readonly cause: EndCause;
    }
  /** It runs: stop it, then report its end. */
  | { readonly type: 'stop'; readonly task: number; readonly cause: EndCause };
