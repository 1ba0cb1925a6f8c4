import { toDisposable, type Disposable } from '../../model/disposable.ts';

/** What a clock needs of the page. */
export interface ClockOptions {
  readonly nowMs: () => number;
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Longer where motion is unwelcome. */
  readonly tickMs: () => number;
  readonly isHidden: () => boolean;
}

/**
 * The host's time, and one tick for everything that shows a growing duration. It ticks only while somebody listens and
 * does nothing while the page is hidden.
 */
export class HostClock {
  readonly #options: ClockOptions;
  readonly #listeners = new Set<() => void>();
  #offsetMs = 0;
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

  /** Calls back with every tick. */
  onTick(listener: () => void): Disposable {
    this.#listeners.add(listener);
    if (this.#stop === null) this.#schedule();
    return toDisposable(() => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = null;
    });
  }

  #schedule(): void {
    this.#stop = this.#options.after(this.#options.tickMs(), () => {
      if (!this.#options.isHidden()) for (const listener of [...this.#listeners]) listener();
      if (this.#listeners.size > 0) this.#schedule();
      else this.#stop = null;
    });
  }
}
