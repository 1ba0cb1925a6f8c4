/** For how long things have not changed, by a monotonic clock of our own: clocks of files and of others may jump. */

/** Remembers when each of many things was last seen to change. */
export class Observations {
  readonly #seen = new Map<string, { value: string; sinceMs: number }>();

  /** Notes what a thing is now; for how long it has been so. 0 when it is seen first or has just changed. */
  observe(key: string, value: string, nowMs: number): number {
    const known = this.#seen.get(key);
    if (known?.value === value) return nowMs - known.sinceMs;
    this.#seen.set(key, { value, sinceMs: nowMs });
    return 0;
  }

  /** Forgets what is not among `keys`. */
  keepOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#seen.keys()) if (!keys.has(key)) this.#seen.delete(key);
  }

  /** Starts all observations again: after a sleep nobody knows what happened meanwhile. */
  clear(): void {
    this.#seen.clear();
  }
}
