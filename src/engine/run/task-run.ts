import type { Disposable } from '../../model/disposable.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { TaskExecution, Timestamp } from '../../model/execution.ts';
import { logNameOf } from '../../model/ids.ts';
import type { TaskSpec } from '../../model/workflow.ts';
import { conditionKind } from './condition-kind.ts';
import type { AttemptEnd, RunningAttempt, StopCause } from './task-kinds/attempt.ts';
import { Scheduler } from './scheduler.ts';
import type { SchedulerGroup, TaskEnd } from './schedule.ts';

/** What the executor keeps of a task while it can still change. */
export interface TaskRun {
  readonly id: string;
  readonly index: number;
  readonly spec: TaskSpec;
  readonly group: string | null;
  readonly matrix: TaskExecution['matrix'];
  /** Attempts made before a retry or resume of the execution: they do not count against `retry`. */
  readonly attemptsBefore: number;
  attempt: number;
  phase: 'idle' | 'running' | 'waiting' | 'retrying' | 'over';
  /** The stored status is `cancelling`. */
  isCancelling: boolean;
  /** Set before the process is told; an attempt that has not begun by then never does. */
  stop: StopCause | null;
  /** Why it was told to stop, in words. */
  stopNote: string | null;
  handle: RunningAttempt | null;
  /** Its timeout while it runs or waits, the next attempt while it is retrying. */
  timer: Disposable | null;
  /** The child execution of the latest attempt. */
  child: string | null;
  /** Absolute path of the log of the attempt that runs, and its size when it was last looked at. */
  logFile: string | null;
  logSize: number;
}

/** The runs of all tasks of an execution; `specs` in the order of its tasks. */
export function createTaskRuns(
  tasks: readonly TaskExecution[],
  specs: readonly TaskSpec[],
  children: ReadonlyMap<string, string>,
): readonly TaskRun[] {
  return tasks.map((task, index) => {
    const spec = specs[index];
    if (spec === undefined) throw new Error(`task "${task.id}" has no specification`);
    return {
      id: task.id,
      index,
      spec,
      group: task.group,
      matrix: task.matrix,
      attemptsBefore: task.attempt,
      attempt: task.attempt,
      phase: endOf(task) === null ? 'idle' : 'over',
      isCancelling: false,
      stop: null,
      stopNote: null,
      handle: null,
      timer: null,
      child: task.child ?? children.get(task.id) ?? null,
      logFile: null,
      logSize: 0,
    };
  });
}

/** The end a task keeps from before; null when it is to run. */
export function endOf(task: TaskExecution): TaskEnd | null {
  switch (task.status) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'skipped':
    case 'interrupted':
      return task.status;
    case 'pending':
    case 'running':
    case 'retrying':
    case 'waiting':
    case 'cancelling':
      return null;
  }
}

/** The scheduler of an execution's tasks. */
export function createScheduler(options: {
  readonly tasks: readonly TaskExecution[];
  readonly specs: readonly TaskSpec[];
  readonly maxParallel: number;
  readonly failFast: boolean;
}): Scheduler {
  const places = new Map(options.tasks.map((task, index) => [task.id, index]));
  const groups: SchedulerGroup[] = [];
  const groupOf = new Map<string, number>();
  for (const spec of new Set(options.specs)) {
    if (spec.matrix === null) continue;
    groupOf.set(spec.id, groups.length);
    groups.push({ maxParallel: spec.matrix.maxParallel, failFast: spec.matrix.failFast });
  }
  const tasks = options.tasks.map((task, index) => {
    const spec = options.specs[index];
    const needs: number[] = [];
    for (const need of task.needs) {
      const place = places.get(need);
      if (place !== undefined) needs.push(place);
    }
    return {
      needs,
      isFinally: task.isFinally,
      continueOnError: task.continueOnError,
      takesSlot: task.kind !== 'approval',
      condition: conditionKind(spec?.condition ?? null),
      group: task.group === null ? null : (groupOf.get(task.group) ?? null),
      kept: endOf(task),
    };
  });
  return new Scheduler({
    tasks,
    groups,
    maxParallel: options.maxParallel,
    failFast: options.failFast,
  });
}

/** Where the log of an attempt is, relative to the state folder. */
export function logOf(executionId: string, run: Pick<TaskRun, 'id' | 'attempt'>): string {
  return `executions/${executionId}/${logNameOf(run.id)}.${String(run.attempt)}.log`;
}

/** The record of a task's end. */
export function taskFinished(run: TaskRun, at: Timestamp, end: TaskFinish): ExecutionEvent {
  return { type: 'task-finished', at, task: run.id, attempt: run.attempt, ...end };
}

/** How a task ends: as an attempt does, or without one. */
export type TaskFinish = Omit<AttemptEnd, 'status'> & {
  readonly status: AttemptEnd['status'] | 'skipped';
};

/** The end of a task without a failure and without a process. */
export function endWithout(
  status: 'succeeded' | 'skipped' | 'cancelled',
  message: string,
): TaskFinish {
  return { status, reason: null, message, exitCode: null, signal: null, outputs: {} };
}
