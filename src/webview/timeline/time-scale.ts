import type { DurationPart } from '../../model/duration.ts';
import { inUnit } from '../language/format.ts';
/** A mark on the axis. */
export interface TimeTick {
  readonly atMs: number;
  /** Time since the start: `0 s`, `30 s`, `1 m 30 s`. */
  readonly label: string;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Steps that read as round: a mark every so often. */
const steps: readonly number[] = [
  ...[10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
];

/** The smallest round step, in milliseconds, with which `spanMs` has at most `most` steps. */
export function roundStep(spanMs: number, most: number): number {
  const wanted = spanMs / Math.max(1, most);
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / day) * day;
}

/** The marks from `fromMs` to `toMs`, counted from the first. */
export function roundTicks(fromMs: number, toMs: number, most: number): readonly TimeTick[] {
  const step = roundStep(toMs - fromMs, most);
  const ticks: TimeTick[] = [];
  for (let atMs = fromMs; atMs <= toMs; atMs += step) {
    ticks.push({ atMs, label: describeOffset(atMs - fromMs) });
  }
  return ticks;
}

/** Time since the start, exactly: `0 s`, `500 ms`, `1 m 30 s`, `2 h`. */
export function describeOffset(ms: number): string {
  if (ms === 0) return inUnit(0, 's');
  if (ms < second) return inUnit(ms, 'ms');
  const parts: readonly DurationPart[] = [
    [Math.floor(ms / day), 'd'],
    [Math.floor((ms % day) / hour), 'h'],
    [Math.floor((ms % hour) / minute), 'm'],
    [(ms % minute) / second, 's'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .slice(0, 2)
    .map(([count, unit]) => inUnit(Math.round(count * 100) / 100, unit))
    .join(' ');
}
