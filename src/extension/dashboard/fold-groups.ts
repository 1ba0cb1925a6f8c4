import type { ListGroup } from '../../protocol/list-messages.ts';
import type { FolderExecution } from './dashboard-host.ts';
import type { GroupedRows } from './group-rows.ts';

/** The rows without those of groups that are folded; the headings of these stay. */
export function foldGroups(
  { items, groups }: GroupedRows,
  folded: readonly string[],
): { readonly items: readonly FolderExecution[]; readonly groups: readonly ListGroup[] } {
  const names = new Set(folded);
  const shown = groups.map((group) => ({ ...group, isFolded: names.has(group.name) }));
  if (shown.every(({ isFolded }) => !isFolded)) return { items, groups: shown };
  const rows: FolderExecution[] = [];
  let from = 0;
  for (const { count, isFolded } of shown) {
    if (!isFolded) for (const item of items.slice(from, from + count)) rows.push(item);
    from += count;
  }
  return { items: rows, groups: shown };
}
