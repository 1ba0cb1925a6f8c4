import { toDisposable, type Disposable } from '../../model/disposable.ts';

/** What a clock needs of the page. */
export interface ClockOptions {
  readonly nowMs: () => number;
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Longer where motion is unwelcome. */
  readonly tickMs: () => number;
  readonly isHidden: () => boolean;
}

/** The longest time between two looks at what shows a time. */
const longestMs = 60_000;

/**
 * The host's time, and one tick for everything that shows a growing duration. It ticks only while somebody listens, no
 * sooner than the first of the shown texts can change, and nobody is told of it while the page is hidden.
 */
export class HostClock {
  readonly #options: ClockOptions;
  readonly #listeners = new Map<() => void, () => number>();
  #offsetMs = 0;
  #dueMs = 0;
  #stop: (() => void) | null = null;

  constructor(options: ClockOptions) {
    this.#options = options;
  }

  /** Learns the host's time from a message. Small differences are the way of the message, not of the clocks. */
  learn(hostMs: number): void {
    const offsetMs = hostMs - this.#options.nowMs();
    if (Math.abs(offsetMs - this.#offsetMs) > 500) this.#offsetMs = offsetMs;
  }

  /** Milliseconds since 1970 by the host's clock. */
  nowMs(): number {
    return this.#options.nowMs() + this.#offsetMs;
  }

  /** Calls back with every tick. `stepMs` says for how long nothing changes for this listener: 0 for every tick. */
  onTick(listener: () => void, stepMs: () => number = () => 0): Disposable {
    this.#listeners.set(listener, stepMs);
    this.#wait(stepMs());
    return toDisposable(() => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#cancel();
    });
  }

  /** Ticks now: the page is seen again, and what it shows may be old. */
  catchUp(): void {
    this.#cancel();
    this.#tick();
  }

  #tick(): void {
    if (!this.#options.isHidden()) for (const listener of [...this.#listeners.keys()]) listener();
    const steps = [...this.#listeners.values()].map((stepMs) => stepMs());
    if (steps.length > 0) this.#wait(Math.min(...steps));
  }

  /** Ticks after a time, or sooner where that was wanted already. */
  #wait(stepMs: number): void {
    const waitMs = Math.max(this.#options.tickMs(), Math.min(stepMs, longestMs));
    const dueMs = this.#options.nowMs() + waitMs;
    if (this.#stop !== null && this.#dueMs <= dueMs) return;
    this.#cancel();
    this.#dueMs = dueMs;
    this.#stop = this.#options.after(waitMs, () => {
      this.#stop = null;
      this.#tick();
    });
  }

  #cancel(): void {
    this.#stop?.();
    this.#stop = null;
  }
}
