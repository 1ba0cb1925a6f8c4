import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution } from '../../model/execution.ts';
import type { TaskSpec } from '../../model/workflow.ts';
import type { DurableSteps } from './durable-steps.ts';
import type { ExecutionFacts } from './execution-facts.ts';
import type { Scheduler } from './scheduler.ts';
import type { AttemptEnd, Surroundings } from './task-kinds/attempt.ts';
import type { TaskRun } from './task-run.ts';

/** Something that happened to a task outside of a turn of the executor. */
export type TaskMessage =
  | {
      readonly type: 'attempt-ended';
      readonly run: TaskRun;
      readonly attempt: number;
      readonly end: AttemptEnd;
    }
  | { readonly type: 'retry-due'; readonly run: TaskRun }
  | { readonly type: 'task-timeout'; readonly run: TaskRun; readonly attempt: number }
  | { readonly type: 'child-started'; readonly run: TaskRun; readonly child: string };

/** What the conductor needs. */
export interface TaskConductorOptions {
  readonly execution: Execution;
  /** In the order of the execution's tasks. */
  readonly specs: readonly TaskSpec[];
  /** Children of earlier attempts, by task. */
  readonly children: ReadonlyMap<string, string>;
  readonly scheduler: Scheduler;
  readonly steps: DurableSteps;
  readonly facts: ExecutionFacts;
  readonly surroundings: Surroundings;
  readonly absoluteLog: (log: string) => string;
  readonly random: () => number;
  /** Queues a message for the next turn. */
  readonly post: (message: TaskMessage) => void;
  /** Takes a record that needs no sync. */
  readonly note: (event: ExecutionEvent) => void;
}
