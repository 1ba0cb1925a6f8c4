import { locale, plural, t } from '../language/page-language.ts';
import { formatDuration, inUnit } from '../language/format.ts';

const justNowSeconds = 5;

// Made once: that takes far longer than writing one date with it.
const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const moments = new Intl.DateTimeFormat(locale, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
});

/** A duration that is still growing, in whole seconds: `0 s`, `42 s`, `2 m 10 s`. */
export function formatElapsed(ms: number): string {
  return ms < 1000 ? inUnit(0, 's') : formatDuration(Math.floor(ms / 1000) * 1000);
}

/** How long ago, in one unit: `just now`, `12 s ago`, `3 m ago`, `5 h ago`, `2 d ago`; older is a date. */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - atMs) / 1000);
  if (seconds < justNowSeconds) return t('just now');
  if (seconds < 60) return t('{0} s ago', seconds);
  if (seconds < 3600) return t('{0} m ago', Math.floor(seconds / 60));
  if (seconds < 86_400) return t('{0} h ago', Math.floor(seconds / 3600));
  if (seconds < 14 * 86_400) return plural(Math.floor(seconds / 86_400), '1 d ago', '{0} d ago');
  return dates.format(atMs);
}

/**
 * How old the picture is: `Updated just now`, `Updated 12 s ago`, `Updated 1 m ago`. It is read anew every two seconds,
 * so that the words stay the same as long as all is well.
 */
export function formatFreshness(ageMs: number): string {
  const seconds = Math.floor(ageMs / 1000);
  if (seconds < justNowSeconds) return t('Updated just now');
  const age = seconds < 60 ? inUnit(seconds, 's') : inUnit(Math.floor(seconds / 60), 'm');
  return t('Updated {0} ago', age);
}

/** Date and time in the words of the person's locale. */
export function formatMoment(ms: number): string {
  return moments.format(ms);
}

/** For how many milliseconds the texts of `formatAgo` and `formatFreshness` stay what they are. */
export function agoStepMs(atMs: number, nowMs: number): number {
  const ageMs = nowMs - atMs;
  if (ageMs < justNowSeconds * 1000) return justNowSeconds * 1000 - ageMs;
  const unitMs = ageMs < 60_000 ? 1000 : ageMs < 3_600_000 ? 60_000 : 3_600_000;
  return unitMs - (ageMs % unitMs);
}

/** The time of a day to the millisecond, of 24 hours as everywhere else: `14:15:03.123`. */
export function formatClock(ms: number): string {
  return new Date(ms).toLocaleTimeString(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
}
