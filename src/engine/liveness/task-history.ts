/** How long the tasks of an agent usually take. */
import type { Execution, TaskExecution } from '../../model/execution.ts';
import type { TaskHistory } from './judge-stuck.ts';

/** Per task id of `execution`: the successful runs of the same agent among `all`, and their p95 duration. */
export function taskHistories(
  execution: Execution,
  all: readonly Execution[],
): ReadonlyMap<string, TaskHistory> {
  const durations = new Map<string, number[]>();
  for (const other of all) {
    if (other.agent !== execution.agent || other.id === execution.id) continue;
    for (const task of other.tasks) {
      const tookMs = task.status === 'succeeded' ? lastAttemptMs(task) : null;
      if (tookMs === null) continue;
      const known = durations.get(task.id);
      if (known === undefined) durations.set(task.id, [tookMs]);
      else known.push(tookMs);
    }
  }
  const histories = new Map<string, TaskHistory>();
  for (const [task, list] of durations) {
    list.sort((a, b) => a - b);
    const p95Ms = list[Math.ceil(list.length * 0.95) - 1] ?? 0;
    histories.set(task, { runs: list.length, p95Ms });
  }
  return histories;
}

function lastAttemptMs(task: TaskExecution): number | null {
  const attempt = task.attempts.at(-1);
  if (attempt === undefined || attempt.finishedAt === null) return null;
  return Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt);
}
