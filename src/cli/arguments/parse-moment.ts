import { fail, ok, type Result } from '../../model/result.ts';

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** An age such as `90s`, `2h30m`, `30d` or `4w` in milliseconds; null when it is none. */
export function parseAge(text: string): number | null {
  if (!/^(\d+[smhdw])+$/.test(text)) return null;
  let ms = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhdw])/g)) {
    ms += Number(count) * (unitMs[unit ?? ''] ?? 0);
  }
  return ms;
}

/** A date, a date with a time (local where no zone stands), or an age before `nowMs`, as ISO 8601 in UTC. Code `usage`. */
export function parseMoment(option: string, text: string, nowMs: number): Result<string> {
  const ageMs = parseAge(text);
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const atMs =
    ageMs !== null
      ? nowMs - ageMs
      : date !== null
        ? new Date(Number(date[1]), Number(date[2]) - 1, Number(date[3])).getTime()
        : /^\d{4}-\d\d-\d\d[T ]/.test(text)
          ? Date.parse(text)
          : Number.NaN;
  // Beyond what a Date can hold, or `2026-13-01`.
  const isDate =
    date === null ||
    (new Date(atMs).getDate() === Number(date[3]) &&
      new Date(atMs).getMonth() + 1 === Number(date[2]));
  if (Number.isNaN(new Date(atMs).getTime()) || !isDate) {
    return fail(
      'usage',
      `${option} needs a date (2026-11-22), a time (2026-11-22T14:00) or an age (36h, 7d), not "${text}"`,
    );
  }
  return ok(new Date(atMs).toISOString());
}
