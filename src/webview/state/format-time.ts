import { locale, plural, t } from '../language/page-language.ts';
import { formatDuration, inUnit } from '../language/format.ts';

// Made once: that takes far longer than writing one date with it.
const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });

/** A duration that is still growing, in whole seconds: `0 s`, `42 s`, `2 m 10 s`. */
export function formatElapsed(ms: number): string {
  return ms < 1000 ? inUnit(0, 's') : formatDuration(Math.floor(ms / 1000) * 1000);
}

/** How long ago, in one unit: `just now`, `12 s ago`, `3 m ago`, `5 h ago`, `2 d ago`; older is a date. */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - atMs) / 1000);
  if (seconds < 5) return t('just now');
  if (seconds < 60) return t('{0} s ago', seconds);
  if (seconds < 3600) return t('{0} m ago', Math.floor(seconds / 60));
  if (seconds < 86_400) return t('{0} h ago', Math.floor(seconds / 3600));
  if (seconds < 14 * 86_400) return plural(Math.floor(seconds / 86_400), '1 d ago', '{0} d ago');
  return new Date(atMs).toLocaleDateString(locale, { dateStyle: 'medium' });
}

/** Seconds for the freshness of the picture: `0 s`, `2 s`, `1 m`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return seconds < 60 ? inUnit(seconds, 's') : formatDuration(Math.floor(seconds / 60) * 60_000);
}

/** Date and time in the words of the person's locale. */
export function formatMoment(ms: number): string {
  return moments.format(ms);
}

/** Milliseconds from which a text made by `formatAgo` changes next: there is no need to look before. */
export function agoStepMs(atMs: number, nowMs: number): number {
  const ageMs = nowMs - atMs;
  return ageMs < 60_000 ? 1000 : 15_000;
}

/** The time of a day to the millisecond, in the words of the person's locale. */
export function formatClock(ms: number): string {
  return new Date(ms).toLocaleTimeString(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
}
