import type { TaskRow } from '../../protocol/detail-messages.ts';

/** When a task was over; a task that still goes on counts as over now. Null: it never started. */
export function endOfTask(task: TaskRow, nowMs: number): number | null {
  if (task.startedMs === null && task.attempts.length === 0) return null;
  return task.finishedMs ?? nowMs;
}

/**
 * The tasks that made the execution as long as it is, first to last: from the one that ended last back through whichever
 * need ended last. A task that runs at the end goes on from whatever ended last before it.
 */
export function criticalPath(tasks: readonly TaskRow[], nowMs: number): readonly string[] {
  const begun = tasks.filter((task) => endOfTask(task, nowMs) !== null);
  const path: string[] = [];
  const seen = new Set<string>();
  let current = lastOf(begun, nowMs);
  while (current !== undefined && !seen.has(current.id)) {
    const { id, needs, isFinally } = current;
    seen.add(id);
    path.unshift(id);
    const before = begun.filter((task) => needs.includes(task.id));
    current =
      before.length === 0 && isFinally
        ? lastOf(
            begun.filter((task) => !task.isFinally),
            nowMs,
          )
        : lastOf(before, nowMs);
  }
  return path;
}

function lastOf(tasks: readonly TaskRow[], nowMs: number): TaskRow | undefined {
  let last: TaskRow | undefined;
  let lastMs = -1;
  for (const task of tasks) {
    const endMs = endOfTask(task, nowMs) ?? -1;
    if (endMs <= lastMs) continue;
    last = task;
    lastMs = endMs;
  }
  return last;
}
