import { maxMessageBytes } from '../../protocol/limits.ts';
import {
  maxMarks,
  type Mark,
  type MarkRange,
  type MarkRequest,
} from '../../protocol/mark-messages.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { jsonBytes } from './fit-text.ts';

/** The executions from one to another, both included, as many from the first of them on as fit into a message. */
export function markRange(
  items: readonly FolderExecution[],
  { from, to }: Pick<MarkRequest, 'from' | 'to'>,
): MarkRange {
  const placeOf = (key: string): number => items.findIndex((item) => item.key === key);
  const end = placeOf(to);
  if (end < 0) return { marks: [], total: 0 };
  const start = from === null ? 0 : Math.max(0, placeOf(from));
  const between = items.slice(Math.min(start, end), Math.max(start, end) + 1);
  if (start > end) between.reverse();
  const marks: Mark[] = [];
  let left = maxMessageBytes - 1024;
  for (const { key, execution } of between.slice(0, maxMarks)) {
    const mark = { key, status: execution.status };
    left -= jsonBytes(mark) + 1;
    if (left < 0) break;
    marks.push(mark);
  }
  return { marks, total: between.length };
}
