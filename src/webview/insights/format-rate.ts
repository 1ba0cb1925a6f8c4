import { formatDuration, formatFixed } from '../language/format.ts';

/** Per mille as per cent; a dash where nothing can be said. */
export function formatRate(rate: number | null): string {
  return rate === null ? '–' : `${formatFixed(rate / 10, rate === 1000 || rate < 10 ? 0 : 1)} %`;
}

/** What succeeded of all that did either, per mille. */
export function rateOf(succeeded: number, failed: number): number | null {
  const all = succeeded + failed;
  return all === 0 ? null : Math.round((succeeded / all) * 1000);
}

/** A duration; a dash where there is none. */
export function formatMs(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms);
}
