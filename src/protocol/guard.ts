/**
 * Small guards that are put together to bigger ones. What comes over a channel is `unknown` until one of these
 * has looked at every field of it: a message is never trusted because of who seems to have sent it.
 */

/** True when the value really is a `T`, all the way down. Never throws. */
export type Guard<T> = (value: unknown) => value is T;

/** Text of at most `max` UTF-16 units. */
export function text(max: number): Guard<string> {
  return (value): value is string => typeof value === 'string' && value.length <= max;
}

/** A whole number from 0 to `max` (default: the largest safe one). */
export function count(max = Number.MAX_SAFE_INTEGER): Guard<number> {
  return (value): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max;
}

/** A whole number, negative ones too (exit codes). */
export const whole: Guard<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value);

/** `true` or `false`. */
export const flag: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';

/** Exactly `null`. */
export const nothing: Guard<null> = (value): value is null => value === null;

/** `null` or what `inner` accepts. */
export function nullable<T>(inner: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || inner(value);
}

/** One of the given words. */
export function oneOf<const T extends string>(words: readonly T[]): Guard<T> {
  const known = new Set<unknown>(words);
  return (value): value is T => known.has(value);
}

/** An array of at most `max` items, each accepted by `inner`. */
export function listOf<T>(inner: Guard<T>, max: number): Guard<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= max && value.every((item) => inner(item));
}

/** A plain object with the given fields and no others: an unknown field is a sender of another version. */
export function shape<T extends object>(fields: {
  readonly [K in keyof T]-?: Guard<T[K]>;
}): Guard<T> {
  const entries = Object.entries<Guard<unknown>>(fields);
  return (value): value is T => {
    if (!isRecord(value)) return false;
    if (Object.keys(value).length !== entries.length) return false;
    return entries.every(([name, guard]) => Object.hasOwn(value, name) && guard(value[name]));
  };
}

/** An object with named fields: no array, not `null`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
