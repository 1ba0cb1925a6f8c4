import type { RunProblem } from './find-run-problems.ts';

/** Failures that a person has dealt with: by execution, its tasks with their attempts. Oldest first, as it is stored. */
export type Handled = Readonly<Record<string, readonly string[]>>;

/** Executions that are remembered; a problem is shown for the newest one of each agent only. */
const maxExecutions = 200;

/** Whether a problem was dealt with. A task that fails again in the same execution has another attempt, and counts anew. */
export function isHandled(handled: Handled, problem: RunProblem): boolean {
  return Object.hasOwn(handled, problem.execution)
    ? (handled[problem.execution] ?? []).includes(markOf(problem))
    : false;
}

/** Remembers more problems, and forgets the executions that were marked first. */
export function addHandled(handled: Handled, problems: readonly RunProblem[]): Handled {
  const marks = new Map(Object.entries(handled));
  for (const problem of problems) {
    const before = marks.get(problem.execution) ?? [];
    // Put in anew, it is the newest.
    marks.delete(problem.execution);
    marks.set(problem.execution, [...new Set([...before, markOf(problem)])]);
  }
  return Object.fromEntries([...marks].slice(-maxExecutions));
}

/** What was stored, as far as it can be understood. */
export function readHandled(stored: unknown): Handled {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).flatMap(([execution, marks]: [string, unknown]) =>
      Array.isArray(marks) && marks.every((mark) => typeof mark === 'string')
        ? [[execution, marks]]
        : [],
    ),
  );
}

function markOf({ task, attempt }: RunProblem): string {
  return `${task}#${String(attempt ?? 0)}`;
}
