import type { ListChange, ListFacts, ListRow, ListWindow } from '../../protocol/list-messages.ts';

/** The part of the list that the webview has. */
export interface ListState {
  readonly offset: number;
  readonly total: number;
  readonly keys: readonly string[];
  readonly rows: ReadonlyMap<string, ListRow>;
  readonly facts: ListFacts;
}

/** The state after a whole window. Rows that are known from before stay until their own come. */
export function openWindow(window: ListWindow, before: ListState | null): ListState {
  return {
    offset: window.offset,
    total: window.total,
    keys: window.keys,
    rows: mergeRows(before?.rows ?? new Map(), window.keys, window.rows),
    facts: window.facts,
  };
}

/** The state after a change. */
export function changeWindow(list: ListState, change: ListChange): ListState {
  const keys = change.keys ?? list.keys;
  return {
    offset: change.offset,
    total: change.total,
    keys,
    rows:
      change.keys === null && change.rows.length === 0
        ? list.rows
        : mergeRows(list.rows, keys, change.rows),
    facts: change.facts ?? list.facts,
  };
}

/** Where a row stands in the whole list; -1 when it is outside of the window. */
export function indexOfKey(list: ListState, key: string | null): number {
  const index = key === null ? -1 : list.keys.indexOf(key);
  return index < 0 ? -1 : list.offset + index;
}

/** The row at a place of the whole list, where the window has it. */
export function rowAt(list: ListState, index: number): ListRow | undefined {
  const key = list.keys[index - list.offset];
  return key === undefined ? undefined : list.rows.get(key);
}

function mergeRows(
  known: ReadonlyMap<string, ListRow>,
  keys: readonly string[],
  rows: readonly ListRow[],
): ReadonlyMap<string, ListRow> {
  const fresh = new Map(rows.map((row) => [row.key, row]));
  const merged = new Map<string, ListRow>();
  for (const key of keys) {
    const row = fresh.get(key) ?? known.get(key);
    if (row !== undefined) merged.set(key, row);
  }
  return merged;
}
