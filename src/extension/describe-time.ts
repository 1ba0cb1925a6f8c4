import { formatDuration } from '../model/duration.ts';
import type { Timestamp } from '../model/execution.ts';

/**
 * A moment for a row, in local time: `14:15` on the same day, else `Nov 21, 14:15`. Absolute on purpose: "2 minutes
 * ago" would change by itself and refresh the row for nothing.
 */
export function describeMoment(at: Timestamp, now: Date): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  if (moment.toDateString() === now.toDateString()) return time;
  const month = months[moment.getMonth()] ?? '';
  const year = moment.getFullYear() === now.getFullYear() ? '' : ` ${String(moment.getFullYear())}`;
  return `${month} ${String(moment.getDate())}${year}, ${time}`;
}

/** A moment to the second, in local time: `14:15:03`. */
export function describeClock(at: Timestamp): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  return `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;
}

/** How long something took, whole seconds from ten on; empty when it did not start or did not end. */
export function describeSpan(from: Timestamp | null, to: Timestamp | null): string {
  if (from === null || to === null) return '';
  const ms = Date.parse(to) - Date.parse(from);
  if (!Number.isFinite(ms)) return '';
  return formatDuration(ms < 10_000 ? ms : Math.round(ms / 1000) * 1000);
}

/** The parts that are not empty, between dots. */
export function joinParts(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function two(value: number): string {
  return String(value).padStart(2, '0');
}
