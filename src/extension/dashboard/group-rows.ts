import { maxGroups, type ListGroup, type ListGrouping } from '../../protocol/list-messages.ts';
import { maxText } from '../../protocol/limits.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { fitText } from './fit-text.ts';

/** Rows with what they belong to, in the order in which they are shown. */
export interface GroupedRows {
  readonly items: readonly FolderExecution[];
  readonly groups: readonly GroupSize[];
}

/** A heading and how many rows belong to it. */
export type GroupSize = Pick<ListGroup, 'name' | 'count'>;

/** Puts rows, newest first, in the order of their groups: agents by name, days as they are. */
export function groupRows(items: readonly FolderExecution[], grouping: ListGrouping): GroupedRows {
  switch (grouping) {
    case 'none':
      return { items, groups: [] };
    case 'agent':
      return byAgent(items);
    case 'day':
      return { items, groups: fewGroups(byDay(items)) };
  }
}

function byAgent(items: readonly FolderExecution[]): GroupedRows {
  const rows = new Map<string, FolderExecution[]>();
  for (const item of items) {
    const { agent } = item.execution;
    const known = rows.get(agent);
    if (known === undefined) rows.set(agent, [item]);
    else known.push(item);
  }
  const sorted = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    items: sorted.flatMap(([, some]) => some),
    groups: fewGroups(sorted.map(([name, some]) => ({ name, count: some.length }))),
  };
}

/** Times are texts of one form: a day is looked up only where the one before has ended. */
function byDay(items: readonly FolderExecution[]): readonly GroupSize[] {
  const groups: { name: string; count: number }[] = [];
  let since = '';
  for (const { execution } of items) {
    const last = groups.at(-1);
    if (last !== undefined && execution.createdAt >= since) {
      last.count += 1;
      continue;
    }
    const day = new Date(execution.createdAt);
    day.setHours(0, 0, 0, 0);
    since = day.toISOString();
    groups.push({ name: nameOf(day), count: 1 });
  }
  return groups;
}

function nameOf(day: Date): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(day.getFullYear())}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** So many that they fit into a message; the others are one together. */
function fewGroups(groups: readonly GroupSize[]): readonly GroupSize[] {
  const isAll = groups.length <= maxGroups;
  const shown = (isAll ? groups : groups.slice(0, maxGroups - 1)).map(({ name, count }) => ({
    name: fitText(name, maxText.groupName),
    count,
  }));
  if (isAll) return shown;
  const rest = groups.slice(maxGroups - 1).reduce((sum, { count }) => sum + count, 0);
  return [...shown, { name: '', count: rest }];
}
