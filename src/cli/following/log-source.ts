import type { Attempt, Execution } from '../../model/execution.ts';
import { isTaskOver } from '../../model/status.ts';

/** The log of one attempt of one task. */
export interface LogSource {
  readonly task: string;
  readonly attempt: Attempt;
  /** How many attempts the task has, to know whether the number is worth saying. */
  readonly attempts: number;
}

/** The logs that are meant, in the order of the tasks; `tasks` and `attempt` null mean all. */
export function logSources(
  execution: Execution,
  tasks: readonly string[] | null,
  attempt: number | null,
): readonly LogSource[] {
  return execution.tasks
    .filter(({ id }) => tasks === null || tasks.includes(id))
    .flatMap((task) =>
      task.attempts
        .filter((candidate) => attempt === null || candidate.attempt === attempt)
        .map((candidate) => ({
          task: task.id,
          attempt: candidate,
          attempts: task.attempts.length,
        })),
    );
}

/** `test`, or `test attempt 2` where a task has several. */
export function logTitle({ task, attempt, attempts }: LogSource): string {
  return attempts > 1 || attempt.attempt > 1 ? `${task} attempt ${String(attempt.attempt)}` : task;
}

/** True when nothing more is written to it. */
export function isLogOver({ attempt }: LogSource): boolean {
  return isTaskOver(attempt.status);
}
