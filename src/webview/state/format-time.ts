import { formatDuration } from '../../model/duration.ts';

/** A duration that is still growing, in whole seconds: `0 s`, `42 s`, `2 m 10 s`. */
export function formatElapsed(ms: number): string {
  return ms < 1000 ? '0 s' : formatDuration(Math.floor(ms / 1000) * 1000);
}

/** How long ago, in one unit: `just now`, `12 s ago`, `3 m ago`, `5 h ago`, `2 d ago`; older is a date. */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.floor((nowMs - atMs) / 1000);
  if (seconds < 5) return 'just now';
  if (seconds < 60) return `${String(seconds)} s ago`;
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} m ago`;
  if (seconds < 86_400) return `${String(Math.floor(seconds / 3600))} h ago`;
  if (seconds < 14 * 86_400) return `${String(Math.floor(seconds / 86_400))} d ago`;
  return new Date(atMs).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

/** Seconds for the freshness of the picture: `0 s`, `2 s`, `1 m`. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return seconds < 60 ? `${String(seconds)} s` : formatDuration(Math.floor(seconds / 60) * 60_000);
}

/** Date and time in the words of the person's locale. */
export function formatMoment(ms: number): string {
  return new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Milliseconds from which a text made by `formatAgo` changes next: there is no need to look before. */
export function agoStepMs(atMs: number, nowMs: number): number {
  const ageMs = nowMs - atMs;
  return ageMs < 60_000 ? 1000 : 15_000;
}

/** The time of a day to the millisecond, in the words of the person's locale. */
export function formatClock(ms: number): string {
  return new Date(ms).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
  });
}
