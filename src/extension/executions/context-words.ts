import type { Execution, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';

/** What can be done with an execution now, as words that `when` clauses match and commands check. */
export function executionWords(execution: Execution): readonly string[] {
  const isOver = isExecutionOver(execution.status);
  const words = ['execution', execution.status];
  if (!isOver) words.push('cancellable');
  if (execution.status === 'failed' && execution.tasks.length > 0) words.push('retryable');
  if (execution.status === 'interrupted' || execution.status === 'cancelled') {
    words.push('resumable');
  }
  if (isOver) words.push('removable');
  if (isOver && execution.parent === null) words.push('repeatable');
  if (execution.tasks.some(isAsking)) words.push('approvable');
  if (logOfExecution(execution) !== null) words.push('logged');
  return words;
}

/** What can be done with a task now. */
export function taskWords(execution: Execution, task: TaskExecution): readonly string[] {
  const words = ['task', task.status];
  if (isAsking(task)) words.push('approvable');
  if (task.attempts.length > 0) words.push('logged');
  const isRetryable = task.status === 'failed' || task.status === 'interrupted';
  if (isRetryable && isExecutionOver(execution.status)) words.push('retryable');
  return words;
}

/** True when the task waits for a person's yes or no. */
export function isAsking(task: TaskExecution): boolean {
  return task.status === 'waiting' && task.kind === 'approval' && task.approval === null;
}

/** The task whose log a person wants to read first: the failed one, else what runs, else the last that ran. */
export function logOfExecution(execution: Execution): TaskExecution | null {
  const logged = execution.tasks.filter((task) => task.attempts.length > 0);
  const wanted =
    logged.find((task) => task.status === 'failed' && !task.continueOnError) ??
    logged.find((task) => task.status === 'failed') ??
    logged.find((task) => task.status === 'interrupted') ??
    logged.find((task) => task.status === 'running' || task.status === 'cancelling') ??
    logged.at(-1);
  return wanted ?? null;
}
