import type { TaskExecution } from '../../model/execution.ts';
import type { TaskStatus } from '../../model/status.ts';

const order: readonly TaskStatus[] = [
  'failed',
  'interrupted',
  'running',
  'cancelling',
  'retrying',
  'waiting',
  'succeeded',
  'skipped',
  'cancelled',
  'pending',
];

/** `1 failed, 3 succeeded, 2 skipped`: what needs attention first, nothing that is zero. */
export function countTasks(tasks: readonly TaskExecution[]): string {
  const counts = new Map<TaskStatus, number>();
  for (const { status } of tasks) counts.set(status, (counts.get(status) ?? 0) + 1);
  const parts = order.flatMap((status) => {
    const count = counts.get(status);
    return count === undefined ? [] : [`${String(count)} ${status}`];
  });
  return parts.length === 0 ? 'no tasks' : parts.join(', ');
}
