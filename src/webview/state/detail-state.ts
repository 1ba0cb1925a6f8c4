import type { Detail, DetailChange, DetailHead, TaskRow } from '../../protocol/detail-messages.ts';

/** The selected execution as the webview has it. Tasks that were not sent yet are missing at their place. */
export interface DetailState {
  readonly key: string;
  readonly head: DetailHead;
  readonly tasks: readonly (TaskRow | undefined)[];
  readonly isGone: boolean;
}

/** The state after a whole answer. */
export function openDetail(detail: Detail): DetailState {
  const tasks: (TaskRow | undefined)[] = [];
  for (const task of detail.tasks) tasks[task.index] = task;
  return { key: detail.key, head: detail.head, tasks: Array.from(tasks), isGone: false };
}

/** The state after a change; a change of another execution is late and changes nothing. */
export function changeDetail(detail: DetailState, change: DetailChange): DetailState {
  if (change.key !== detail.key) return detail;
  let { tasks } = detail;
  if (change.tasks.length > 0) {
    const changed = tasks.slice();
    for (const task of change.tasks) changed[task.index] = task;
    tasks = Array.from(changed);
  }
  return { ...detail, head: change.head ?? detail.head, tasks, isGone: change.isGone };
}

/** Rows of the task table: a matrix group gets a heading before its first combination. */
export type TableEntry =
  | { readonly kind: 'task'; readonly task: TaskRow }
  | { readonly kind: 'group'; readonly group: string; readonly tasks: readonly TaskRow[] }
  | { readonly kind: 'finally' };

/** The tasks with headings of groups, and of the part that runs at the end. */
export function tableEntries(tasks: readonly (TaskRow | undefined)[]): readonly TableEntry[] {
  const entries: TableEntry[] = [];
  const present = tasks.filter((task) => task !== undefined);
  let group: string | null = null;
  let isFinally = false;
  for (const task of present) {
    if (task.isFinally && !isFinally) {
      isFinally = true;
      entries.push({ kind: 'finally' });
    }
    if (task.group !== null && task.group !== group) {
      const members = present.filter((other) => other.group === task.group);
      entries.push({ kind: 'group', group: task.group, tasks: members });
    }
    group = task.group;
    entries.push({ kind: 'task', task });
  }
  return entries;
}

/** Tasks that are over without having been done: cancelled, or cut off with their runner. Those that are not here yet do not count. */
export function countUndone(tasks: readonly (TaskRow | undefined)[]): number {
  return tasks.filter((task) => task?.status === 'cancelled' || task?.status === 'interrupted')
    .length;
}
