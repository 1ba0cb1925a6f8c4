/** Which log is shown: chosen by the person, or by what happens. Both ends choose by this, so that they agree unasked. */
import { isTaskOver, type TaskStatus } from '../model/status.ts';

/** What the choice needs of a task. */
export interface LogCandidate {
  readonly id: string;
  readonly status: TaskStatus;
  readonly isStuck: boolean;
  readonly continueOnError: boolean;
  readonly attempts: readonly { readonly attempt: number }[];
}

/** What the person chose; null leaves it to what happens. */
export interface LogWish {
  readonly task: string | null;
  readonly attempt: number | null;
}

/** The log to show; without a task or an attempt there is none yet. */
export interface LogChoice {
  readonly task: string | null;
  readonly attempt: number | null;
}

/** Chooses a log. `last` is the task whose log was shown until now. Tasks that are not known yet may be missing. */
export function chooseLog(
  tasks: readonly (LogCandidate | undefined)[],
  wish: LogWish,
  last: string | null,
): LogChoice {
  const wished = tasks.find((task) => task !== undefined && task.id === wish.task);
  const task = wished?.id ?? chooseTask(tasks, last);
  const newest = tasks.find((one) => one?.id === task)?.attempts.at(-1)?.attempt ?? null;
  return { task, attempt: wished === undefined ? newest : (wish.attempt ?? newest) };
}

/**
 * The task whose log is shown when nobody chose one: the one at work; when all is over the first that failed.
 * `last` is what was shown until now; it stays while it is at work, so that the log does not jump.
 */
export function chooseTask(
  tasks: readonly (LogCandidate | undefined)[],
  last: string | null,
): string | null {
  const begun = tasks.flatMap((task) =>
    task === undefined || task.attempts.length === 0 ? [] : [task],
  );
  const current = begun.find((task) => task.id === last);
  if (current !== undefined && !isTaskOver(current.status)) return current.id;
  const wanted =
    begun.find((task) => task.isStuck) ??
    begun.find((task) => !isTaskOver(task.status)) ??
    begun.find((task) => task.status === 'failed' && !task.continueOnError) ??
    current ??
    begun.at(-1);
  return wanted?.id ?? null;
}
