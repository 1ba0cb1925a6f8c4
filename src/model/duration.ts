import { fail, ok, type Result } from './result.ts';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The longest delay a JavaScript timer can hold, about 24.8 days; durations above it are refused. */
export const maxDurationMs = 2 ** 31 - 1;

/** Parses `500ms`, `10s`, `5m`, `2h`, `1d` and combinations such as `1h30m` into milliseconds. */
export function parseDuration(text: string): Result<number> {
  const trimmed = text.trim();
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(trimmed)) {
    return fail(
      'bad-duration',
      `"${text}" is not a duration; write for example 500ms, 10s, 5m, 2h, 1d or 1h30m`,
    );
  }
  let totalMs = 0;
  for (const part of trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)) {
    totalMs += Number(part[1]) * (unitMs[part[2] ?? ''] ?? 0);
  }
  if (totalMs > maxDurationMs) {
    return fail('bad-duration', `"${text}" is too long; the longest possible duration is 24d`);
  }
  return ok(Math.round(totalMs));
}

/** A unit that durations are told in. */
export type DurationUnit = 'ms' | 's' | 'm' | 'h' | 'd';

/** An amount of one unit. */
export type DurationPart = readonly [amount: number, unit: DurationUnit];

/** Milliseconds in words of at most two units: `320 ms`, `4.2 s`, `2 m 10 s`, `1 h 5 m`, `3 d 4 h`. */
export function formatDuration(ms: number): string {
  return durationParts(ms)
    .map(([amount, unit]) => `${String(amount)} ${unit}`)
    .join(' ');
}

/** Milliseconds as at most two amounts, rounded so that no more than a person wants to know is said. */
export function durationParts(ms: number): readonly DurationPart[] {
  const value = Math.max(0, ms);
  if (value < 1000) return [[Math.round(value), 'ms']];
  if (value < 59_950) return [[Number((value / 1000).toFixed(1)), 's']];
  const seconds = Math.round(value / 1000);
  if (seconds < 3600) return pair(Math.floor(seconds / 60), 'm', seconds % 60, 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
  const hours = Math.round(minutes / 60);
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function pair(
  big: number,
  bigUnit: DurationUnit,
  small: number,
  smallUnit: DurationUnit,
): readonly DurationPart[] {
  return small === 0
    ? [[big, bigUnit]]
    : [
        [big, bigUnit],
        [small, smallUnit],
      ];
}
