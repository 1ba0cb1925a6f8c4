import type { Attempt, Execution, StuckVerdict, TaskExecution } from '../model/execution.ts';
import { asRecorded, type Tell } from '../model/tell-message.ts';

/** An execution with its messages as they are told: to be shown, and for nothing else. The same one where they are as recorded. */
export function toldExecution(execution: Execution, tell: Tell): Execution {
  if (tell === asRecorded) return execution;
  const { fallback } = execution;
  const message = toldOrNull(execution.message, tell);
  const reason = toldOrNull(fallback?.reason ?? null, tell);
  const tasks = toldEach(execution.tasks, (task) => toldTask(task, tell));
  if (
    message === execution.message &&
    reason === (fallback?.reason ?? null) &&
    tasks === execution.tasks
  ) {
    return execution;
  }
  return {
    ...execution,
    message,
    fallback: fallback && { ...fallback, reason: reason ?? '' },
    tasks,
  };
}

/** A task with its messages, and those of its attempts, as they are told. */
export function toldTask(task: TaskExecution, tell: Tell): TaskExecution {
  if (tell === asRecorded) return task;
  const message = toldOrNull(task.message, tell);
  const attempts = toldEach(task.attempts, (attempt) => toldAttempt(attempt, tell));
  if (message === task.message && attempts === task.attempts) return task;
  return { ...task, message, attempts };
}

/** An attempt with its message as it is told. */
export function toldAttempt(attempt: Attempt, tell: Tell): Attempt {
  const message = toldOrNull(attempt.message, tell);
  return message === attempt.message ? attempt : { ...attempt, message };
}

/** A verdict with its evidence as it is told. */
export function toldVerdict(verdict: StuckVerdict, tell: Tell): StuckVerdict {
  return { ...verdict, evidence: tell(verdict.evidence) };
}

function toldOrNull(message: string | null, tell: Tell): string | null {
  return message === null ? null : tell(message);
}

/** The same list where each item stayed the same. */
function toldEach<T>(items: readonly T[], told: (item: T) => T): readonly T[] {
  const all = items.map(told);
  return all.every((item, at) => item === items[at]) ? items : all;
}
