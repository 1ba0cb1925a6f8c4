import type { Attempt, Execution, TaskExecution } from './execution.ts';
import type { ExecutionEvent, ExecutionFinished, TaskFinished } from './events.ts';
import { fail, ok, unreachable, type Failure, type Result } from './result.ts';
import {
  checkExecutionTransition,
  checkTaskTransition,
  isExecutionOver,
  isTaskOver,
  type ExecutionStatus,
  type TaskStatus,
} from './status.ts';

/** Where a task stands in `execution.tasks`; a caller with many tasks passes an index instead of a search. */
export type IndexOfTask = (execution: Execution, task: string) => number;

/** The default lookup: a linear search. */
export const searchTask: IndexOfTask = (execution, task) =>
  execution.tasks.findIndex((candidate) => candidate.id === task);

/**
 * The state after one more event. Pure: the given execution is not changed, unchanged tasks keep their identity
 * (so a reader finds what changed by reference). An illegal transition, an unknown task or an event before
 * `execution-created` is refused. `epoch` and `seq` are left to the caller, who knows the record.
 */
export function applyEvent(
  execution: Execution | null,
  event: ExecutionEvent,
  indexOf: IndexOfTask = searchTask,
): Result<Execution> {
  if (event.type === 'execution-created') {
    if (execution !== null) return fail('illegal-event', 'the execution was created twice');
    return ok(event.execution);
  }
  if (execution === null) {
    return fail('illegal-event', `"${event.type}" before the execution was created`);
  }
  switch (event.type) {
    case 'execution-claimed':
      return ok({ ...execution, owner: event.owner });
    case 'execution-queued':
      return moveExecution(execution, 'queued', { message: event.message });
    case 'execution-started':
      return moveExecution(execution, 'running', {
        message: null,
        startedAt: execution.startedAt ?? event.at,
      });
    case 'execution-waiting':
      return moveExecution(execution, 'waiting', {
        startedAt: execution.startedAt ?? event.at,
      });
    case 'execution-cancelling': {
      const request = { type: event.how, by: event.by, at: event.at };
      if (execution.status === 'cancelling') return ok({ ...execution, request });
      return moveExecution(execution, 'cancelling', { request });
    }
    case 'execution-finished':
      return finishExecution(execution, event);
    case 'execution-restarted':
      return restart(execution, new Set(event.tasks), event.why);
    case 'task-started':
    case 'task-waiting':
    case 'task-spawned':
    case 'task-retrying':
    case 'task-approved':
    case 'task-child-started':
    case 'task-cancelling':
    case 'task-finished': {
      const index = indexOf(execution, event.task);
      const task = execution.tasks[index];
      if (task === undefined) return fail('unknown-task', `there is no task "${event.task}"`);
      const changed = applyTaskEvent(task, event);
      if (!changed.ok) return changed;
      const tasks = execution.tasks.slice();
      tasks[index] = changed.value;
      return ok({ ...execution, tasks });
    }
    default:
      return unreachable(event);
  }
}

/** An event that changes one task and nothing else of an execution. */
export type TaskEvent = Extract<ExecutionEvent, { readonly task: string }>;

/** The state of a task after one more event of it: for who applies many and copies the list of tasks once. */
export function applyTaskEvent(task: TaskExecution, event: TaskEvent): Result<TaskExecution> {
  switch (event.type) {
    case 'task-started':
      return moveTask(task, 'running', {
        ...begun(task, event.attempt, event.at),
        attempts: [...task.attempts, newAttempt('running', event)],
      });
    case 'task-waiting':
      return moveTask(task, 'waiting', {
        ...begun(task, event.attempt, event.at),
        question: event.question,
        attempts: [...task.attempts, newAttempt('waiting', event)],
      });
    case 'task-spawned':
      if (task.attempt !== event.attempt) return wrongAttempt(task, event.attempt);
      return ok({
        ...task,
        attempts: changeLast(task.attempts, {
          pid: event.pid,
          processStartTime: event.processStartTime,
        }),
      });
    case 'task-retrying':
      if (task.attempt !== event.attempt) return wrongAttempt(task, event.attempt);
      return moveTask(task, 'retrying', {
        reason: event.reason,
        message: event.message,
        exitCode: event.exitCode,
        nextAttemptAt: event.nextAttemptAt,
        attempts: changeLast(task.attempts, {
          status: 'failed',
          reason: event.reason,
          message: event.message,
          exitCode: event.exitCode,
          signal: event.signal,
          finishedAt: event.at,
        }),
      });
    case 'task-approved':
      if (task.status !== 'waiting') {
        return fail('not-waiting', `task "${task.id}" does not wait for an approval`);
      }
      return ok({ ...task, approval: event.approval });
    case 'task-child-started':
      return ok({ ...task, child: event.child });
    case 'task-cancelling':
      return moveTask(task, 'cancelling', {
        attempts: changeLast(task.attempts, { status: 'cancelling' }),
      });
    case 'task-finished':
      return finishTask(task, event);
    default:
      return unreachable(event);
  }
}

function begun(task: TaskExecution, attempt: number, at: string): Partial<TaskExecution> {
  return {
    attempt,
    reason: null,
    message: null,
    exitCode: null,
    nextAttemptAt: null,
    lastOutputAt: null,
    startedAt: task.startedAt ?? at,
    finishedAt: null,
  };
}

function newAttempt(
  status: TaskStatus,
  event: { readonly attempt: number; readonly at: string; readonly log: string },
): Attempt {
  return {
    attempt: event.attempt,
    status,
    reason: null,
    message: null,
    exitCode: null,
    signal: null,
    startedAt: event.at,
    finishedAt: null,
    log: event.log,
    pid: null,
    processStartTime: null,
  };
}

function finishTask(task: TaskExecution, event: TaskFinished): Result<TaskExecution> {
  const last = task.attempts.at(-1);
  const isAttemptOpen = last !== undefined && !isTaskOver(last.status);
  return moveTask(task, event.status, {
    reason: event.reason,
    message: event.message,
    exitCode: event.exitCode,
    outputs: event.outputs,
    finishedAt: event.at,
    nextAttemptAt: null,
    question: null,
    attempts: isAttemptOpen
      ? changeLast(task.attempts, {
          status: event.status,
          reason: event.reason,
          message: event.message,
          exitCode: event.exitCode,
          signal: event.signal,
          finishedAt: event.at,
        })
      : task.attempts,
  });
}

/** Once an execution is over all its tasks are: what was not over is cancelled or interrupted with it. */
function finishExecution(execution: Execution, event: ExecutionFinished): Result<Execution> {
  const isInterrupted = event.status === 'interrupted';
  const left: TaskStatus = isInterrupted ? 'interrupted' : 'cancelled';
  const tasks: TaskExecution[] = [];
  for (const task of execution.tasks) {
    if (isTaskOver(task.status)) {
      tasks.push(task);
      continue;
    }
    const last = task.attempts.at(-1);
    const hasStarted = last !== undefined;
    const message = isInterrupted
      ? hasStarted
        ? 'the runner ended before this task did'
        : 'the runner ended before this task started'
      : 'the execution ended before this task did';
    const moved = moveTask(task, left, {
      message,
      finishedAt: event.at,
      nextAttemptAt: null,
      question: null,
      attempts:
        hasStarted && !isTaskOver(last.status)
          ? changeLast(task.attempts, { status: left, message, finishedAt: event.at })
          : task.attempts,
    });
    if (!moved.ok) return moved;
    tasks.push(moved.value);
  }
  return moveExecution(execution, event.status, {
    reason: event.reason,
    message: event.message,
    outputs: event.outputs,
    finishedAt: event.at,
    tasks,
  });
}

function restart(
  execution: Execution,
  again: ReadonlySet<string>,
  why: 'retry' | 'resume',
): Result<Execution> {
  if (!isExecutionOver(execution.status)) {
    return fail(
      'not-over',
      `the execution is "${execution.status}"; only a finished one can ${why}`,
    );
  }
  const tasks: TaskExecution[] = [];
  for (const task of execution.tasks) {
    if (!again.has(task.id)) {
      tasks.push(task);
      continue;
    }
    const moved = moveTask(task, 'pending', {
      reason: null,
      message: null,
      exitCode: null,
      outputs: {},
      startedAt: null,
      finishedAt: null,
      lastOutputAt: null,
      approval: null,
      child: null,
    });
    if (!moved.ok) return moved;
    tasks.push(moved.value);
  }
  return moveExecution(execution, 'pending', {
    reason: null,
    message: null,
    finishedAt: null,
    request: null,
    outputs: {},
    attempt: execution.attempt + 1,
    tasks,
  });
}

function moveExecution(
  execution: Execution,
  status: ExecutionStatus,
  change: Partial<Execution>,
): Result<Execution> {
  const checked = checkExecutionTransition(execution.status, status);
  return checked.ok ? ok({ ...execution, ...change, status }) : checked;
}

function moveTask(
  task: TaskExecution,
  status: TaskStatus,
  change: Partial<TaskExecution>,
): Result<TaskExecution> {
  const checked = checkTaskTransition(task.id, task.status, status);
  return checked.ok ? ok({ ...task, ...change, status }) : checked;
}

function changeLast(attempts: readonly Attempt[], change: Partial<Attempt>): readonly Attempt[] {
  const last = attempts.at(-1);
  return last === undefined ? attempts : [...attempts.slice(0, -1), { ...last, ...change }];
}

function wrongAttempt(
  task: TaskExecution,
  attempt: number,
): { readonly ok: false; readonly error: Failure } {
  return fail(
    'wrong-attempt',
    `task "${task.id}" is at attempt ${String(task.attempt)}, not ${String(attempt)}`,
  );
}
