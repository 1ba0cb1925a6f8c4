import { formatDuration } from '../model/duration.ts';
import type { Timestamp } from '../model/execution.ts';
import { inEnglish, type Translate } from '../model/translate.ts';

/**
 * A moment for a row, in local time: `14:15` on the same day, else `Nov 21, 14:15`. Absolute on purpose: "2 minutes
 * ago" would change by itself and refresh the row for nothing.
 */
export function describeMoment(at: Timestamp, now: Date, t: Translate = inEnglish): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return '';
  const time = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  if (moment.toDateString() === now.toDateString()) return time;
  const month = monthNames(t)[moment.getMonth()] ?? '';
  const day = moment.getDate();
  return moment.getFullYear() === now.getFullYear()
    ? t('{0} {1}, {2}', month, day, time)
    : t('{0} {1} {2}, {3}', month, day, String(moment.getFullYear()), time);
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

function monthNames(t: Translate): readonly string[] {
  return [
    ...[t('Jan'), t('Feb'), t('Mar'), t('Apr'), t('May'), t('Jun')],
    ...[t('Jul'), t('Aug'), t('Sep'), t('Oct'), t('Nov'), t('Dec')],
  ];
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
