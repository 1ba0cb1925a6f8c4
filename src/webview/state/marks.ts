import { isExecutionOver } from '../../model/status.ts';
import type { ListRow } from '../../protocol/list-messages.ts';

/** The marks after one was set or taken back; the first mark is the selected execution. */
export function toggleMarked(
  marked: readonly string[],
  selected: string | null,
  key: string,
): readonly string[] {
  const before = marked.length === 0 && selected !== null ? [selected] : marked;
  const after = before.includes(key) ? before.filter((other) => other !== key) : [...before, key];
  // One alone is the selection and no choice of several.
  return after.length === 1 && after[0] === selected ? [] : after;
}

/** The keys from one to another, in the order of the list; from the first one where `from` is not in it. */
export function rangeOf(
  keys: readonly string[],
  from: string | null,
  to: string,
): readonly string[] {
  const one = Math.max(0, from === null ? 0 : keys.indexOf(from));
  const other = keys.indexOf(to);
  if (other < 0) return [];
  return keys.slice(Math.min(one, other), Math.max(one, other) + 1);
}

/** Which of some executions each command is possible for. */
export function commandsForMarked(rows: readonly ListRow[]): {
  readonly cancel: readonly string[];
  readonly retry: readonly string[];
  readonly resume: readonly string[];
} {
  const keysOf = (isFit: (row: ListRow) => boolean): readonly string[] =>
    rows.filter(isFit).map(({ key }) => key);
  return {
    cancel: keysOf(({ status }) => !isExecutionOver(status)),
    retry: keysOf(({ status }) => status === 'failed'),
    resume: keysOf(({ status }) => status === 'interrupted' || status === 'cancelled'),
  };
}
