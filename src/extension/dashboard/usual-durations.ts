import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { FolderExecution } from './dashboard-host.ts';

/** Fewer successes say nothing; more than these are of another time. */
const least = 5;
const most = 20;

/**
 * What each task of an execution usually takes: the median of the newest successes of the same task of the same agent,
 * in milliseconds. Empty for an execution that is over.
 */
export function usualDurations(
  { key, execution }: FolderExecution,
  all: readonly FolderExecution[],
): ReadonlyMap<string, number> {
  const usual = new Map<string, number>();
  if (isExecutionOver(execution.status)) return usual;
  const folder = key.slice(0, key.length - execution.id.length);
  const times = new Map(execution.tasks.map((task) => [task.id, [] as number[]]));
  for (const other of all) {
    if (other.execution.agent !== execution.agent || other.execution === execution) continue;
    if (other.key.startsWith(folder)) collect(other.execution, times);
  }
  for (const [task, list] of times) {
    const sorted = list.sort((a, b) => a - b);
    const median = sorted[Math.ceil(sorted.length / 2) - 1];
    if (median !== undefined && sorted.length >= least) usual.set(task, median);
  }
  return usual;
}

function collect({ tasks }: Execution, times: ReadonlyMap<string, number[]>): void {
  for (const { id, status, attempts } of tasks) {
    const list = times.get(id);
    const last = attempts.at(-1);
    if (list === undefined || list.length >= most || status !== 'succeeded') continue;
    if (last === undefined || last.finishedAt === null) continue;
    list.push(Math.max(0, Date.parse(last.finishedAt) - Date.parse(last.startedAt)));
  }
}
