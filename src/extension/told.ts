import type { Attempt, Execution, StuckVerdict, TaskExecution } from '../model/execution.ts';
import { asRecorded, type Tell } from '../model/tell-message.ts';

/** An execution with its messages in another language: to be shown, and for nothing else. */
export function toldExecution(execution: Execution, tell: Tell): Execution {
  if (tell === asRecorded) return execution;
  const { message, fallback, tasks } = execution;
  return {
    ...execution,
    message: toldOrNull(message, tell),
    fallback: fallback && { ...fallback, reason: tell(fallback.reason) },
    tasks: tasks.map((task) => toldTask(task, tell)),
  };
}

/** A task with its messages, and those of its attempts, in another language. */
export function toldTask(task: TaskExecution, tell: Tell): TaskExecution {
  if (tell === asRecorded) return task;
  return {
    ...task,
    message: toldOrNull(task.message, tell),
    attempts: task.attempts.map((attempt) => toldAttempt(attempt, tell)),
  };
}

/** An attempt with its message in another language. */
export function toldAttempt(attempt: Attempt, tell: Tell): Attempt {
  return { ...attempt, message: toldOrNull(attempt.message, tell) };
}

/** A verdict with its evidence in another language. */
export function toldVerdict(verdict: StuckVerdict, tell: Tell): StuckVerdict {
  return { ...verdict, evidence: tell(verdict.evidence) };
}

function toldOrNull(message: string | null, tell: Tell): string | null {
  return message === null ? null : tell(message);
}
