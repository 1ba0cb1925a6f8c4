import { formatDuration } from '../../model/duration.ts';
import type { Timestamp } from '../../model/execution.ts';
import { withLocalTimes } from '../../model/local-times.ts';

/** Milliseconds between two times; to now while the end is open; null before the start. */
export function elapsedMs(
  startedAt: Timestamp | null,
  finishedAt: Timestamp | null,
  nowMs: number,
): number | null {
  if (startedAt === null) return null;
  const end = finishedAt === null ? nowMs : Date.parse(finishedAt);
  return Math.max(0, end - Date.parse(startedAt));
}

/** The same in words; nothing before the start. */
export function describeElapsed(
  startedAt: Timestamp | null,
  finishedAt: Timestamp | null,
  nowMs: number,
): string {
  const ms = elapsedMs(startedAt, finishedAt, nowMs);
  if (ms === null) return '';
  // Tenths that run are noise on a line that is drawn ten times a second.
  if (finishedAt === null && ms >= 10_000) return formatDuration(Math.floor(ms / 1000) * 1000);
  return formatDuration(finishedAt === null ? Math.floor(ms / 100) * 100 : ms);
}

/** How long ago: `just now`, `5 min ago`, `3 h ago`, `2 d ago`, and the date after 30 days. */
export function describeAgo(at: Timestamp, nowMs: number): string {
  const seconds = Math.round((nowMs - Date.parse(at)) / 1000);
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${String(seconds)} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${String(hours)} h ago`;
  const days = Math.floor(hours / 24);
  return days <= 30 ? `${String(days)} d ago` : at.slice(0, 10);
}

/** A moment in local time, to the second: `2026-11-22 14:15:03`. */
export function describeMoment(at: Timestamp): string {
  const moment = new Date(at);
  const date = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())];
  const time = [two(moment.getHours()), two(moment.getMinutes()), two(moment.getSeconds())];
  return `${date.join('-')} ${time.join(':')}`;
}

/** A message as it is recorded, with its times as they are here. */
export function describeMessage(message: string): string {
  return withLocalTimes(message, describeMoment);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
