/** How long the tasks of an agent usually take. */
import type { Execution, TaskExecution } from '../../model/execution.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import type { TaskHistory } from './judge-stuck.ts';

/**
 * Per task id of `execution`: the successful runs of the same agent among `all` and among `past`, which may have the same
 * executions, and their p95 duration.
 */
export function taskHistories(
  execution: Execution,
  all: readonly Execution[],
  past: readonly HistoryEntry[] = [],
): ReadonlyMap<string, TaskHistory> {
  const durations = new Map<string, number[]>();
  const add = (task: string, ...tookMs: readonly number[]): void => {
    const known = durations.get(task);
    if (known === undefined) durations.set(task, [...tookMs]);
    else known.push(...tookMs);
  };
  for (const other of all) {
    if (other.agent !== execution.agent || other.id === execution.id) continue;
    for (const task of other.tasks) {
      const tookMs = task.status === 'succeeded' ? lastAttemptMs(task) : null;
      if (tookMs !== null) add(task.id, tookMs);
    }
  }
  const seen = new Set(all.map(({ id }) => id)).add(execution.id);
  for (const { id, agent, tasks } of past) {
    if (agent !== execution.agent || seen.has(id)) continue;
    for (const [task, , , successMs] of tasks) if (successMs.length > 0) add(task, ...successMs);
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
