import { isExecutionOver } from '../../model/status.ts';
import type { Mark } from '../../protocol/mark-messages.ts';

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

/** Which of some executions each command is possible for. */
export function commandsForMarked(marks: readonly Mark[]): {
  readonly cancel: readonly string[];
  readonly retry: readonly string[];
  readonly resume: readonly string[];
} {
  const keysOf = (isFit: (mark: Mark) => boolean): readonly string[] =>
    marks.filter(isFit).map(({ key }) => key);
  return {
    cancel: keysOf(({ status }) => !isExecutionOver(status)),
    retry: keysOf(({ status }) => status === 'failed'),
    resume: keysOf(({ status }) => status === 'interrupted' || status === 'cancelled'),
  };
}
