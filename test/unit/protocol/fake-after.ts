/** Timers that run when the test says so. */
export class FakeTimers {
  nowMs = 1_800_000_000_000;
  #timers: { readonly atMs: number; readonly run: () => void }[] = [];

  /** Where timers are started. */
  readonly after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { atMs: this.nowMs + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** How many have not run yet. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Lets time pass, and runs what is due in order. */
  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    for (;;) {
      const due = this.#timers
        .filter((timer) => timer.atMs <= endMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.nowMs = due.atMs;
      due.run();
    }
    this.nowMs = endMs;
  }
}

/** Lets promises that are settled go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
