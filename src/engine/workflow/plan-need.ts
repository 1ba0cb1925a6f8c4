import { planItem, type PlannedEdit } from './plan-entry.ts';
import type { TaskSource } from './workflow-source.ts';

/** The edit that puts one more name into the `needs` of a task; null where its place cannot be told. */
export function planNeed(text: string, task: TaskSource, need: string): PlannedEdit | null {
  const { map } = task;
  // A map that stands elsewhere, behind an alias, belongs to others too.
  return map === null || map.start < task.key.start
    ? null
    : planItem(text, map, 'needs', need, { single: need });
}
