import type { Standing } from './messages.ts';

/** Whether all that is different is when it was read: nothing to draw the page for. */
export function isSameButRead(one: Standing | null, other: Standing): boolean {
  if (one === null) return false;
  const { nowMs, readMs } = other;
  return JSON.stringify({ ...one, nowMs, readMs }) === JSON.stringify(other);
}
