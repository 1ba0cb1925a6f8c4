import { durationParts, type DurationUnit } from '../../model/duration.ts';
import { locale, plural, point, t } from './page-language.ts';

/** A duration of at most two units in the words of the page: `4.2 s`, `2 m 10 s`. */
export function formatDuration(ms: number): string {
  return durationParts(ms)
    .map(([amount, unit]) => inUnit(amount, unit))
    .join(' ');
}

/** An amount of a unit of time in the words of the page: `4.2 s`. */
export function inUnit(amount: number, unit: DurationUnit): string {
  const number = withPoint(String(amount));
  switch (unit) {
    case 'ms':
      return t('{0} ms', number);
    case 's':
      return t('{0} s', number);
    case 'm':
      return t('{0} m', number);
    case 'h':
      return t('{0} h', number);
    case 'd':
      return t('{0} d', number);
  }
}

/** A number with so many decimals. */
export function formatFixed(value: number, decimals: number): string {
  return withPoint(value.toFixed(decimals));
}

/** A whole number with its thousands apart. */
export function formatCount(value: number): string {
  return value.toLocaleString(locale);
}

/** Attempts are numbered from 1: `attempt 2`. */
export function formatAttempt(attempt: number): string {
  return t('attempt {0}', attempt);
}

/** A size in one unit: `812 bytes`, `12 KB`, `3.4 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return plural(bytes, '{0} byte', '{0} bytes');
  if (bytes < 1e6) return t('{0} KB', formatFixed(bytes / 1e3, 0));
  return t('{0} MB', formatFixed(bytes / 1e6, bytes < 1e7 ? 1 : 0));
}

function withPoint(number: string): string {
  return point === '.' ? number : number.replace('.', point);
}
