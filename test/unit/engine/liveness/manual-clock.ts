/** A clock that moves only when told. */
import type { Clock } from '../../../../src/engine/ports.ts';
import { toDisposable } from '../../../../src/model/disposable.ts';

/** Timers run in order of their time while `advance` passes it. */
export class ManualClock implements Clock {
  #nowMs = 0;
  #timers: { readonly atMs: number; readonly run: () => void }[] = [];

  wallMs(): number {
    return Date.UTC(2026, 10, 22) + this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): ReturnType<typeof toDisposable> {
    const timer = { atMs: this.#nowMs + delayMs, run };
    this.#timers.push(timer);
    return toDisposable(() => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    });
  }

  get pending(): number {
    return this.#timers.length;
  }

  /** Lets time pass; between timers pending promises get their turn. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const next = this.#timers.sort((a, b) => a.atMs - b.atMs)[0];
      if (next === undefined || next.atMs > endMs) break;
      this.#timers.shift();
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    this.#nowMs = endMs;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }

  /** The machine sleeps: time passes and no timer runs. */
  sleep(ms: number): void {
    this.#nowMs += ms;
  }
}
