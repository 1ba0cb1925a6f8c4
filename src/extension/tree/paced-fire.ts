import type { Disposable } from '../../model/disposable.ts';
import type { Clock } from '../../engine/ports.ts';

/**
 * VS Code debounces tree refreshes by 200 ms at the leading edge: a source that fires more often than that is never
 * shown until it falls silent. Its timer is started by ours and in the same loop: one that is due 20 ms later rings after it.
 */
export const treePaceMs = 220;

/**
 * Collects what changed and hands it on, at once when the last time was long enough ago, else as soon as it is; the
 * last change is never left behind. `null` stands for everything.
 */
export class PacedFire<T> implements Disposable {
  readonly #clock: Clock;
  readonly #paceMs: number;
  readonly #fire: (changed: readonly T[] | null) => void;
  #waiting: Set<T> | null = null;
  #isEverything = false;
  #timer: Disposable | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #isDisposed = false;

  constructor(options: {
    readonly clock: Clock;
    readonly paceMs?: number;
    readonly fire: (changed: readonly T[] | null) => void;
  }) {
    this.#clock = options.clock;
    this.#paceMs = options.paceMs ?? treePaceMs;
    this.#fire = options.fire;
  }

  /** Something changed. */
  add(changed: readonly (T | null)[]): void {
    if (this.#isDisposed || changed.length === 0) return;
    this.#waiting ??= new Set();
    for (const one of changed) {
      if (one === null) this.#isEverything = true;
      else this.#waiting.add(one);
    }
    if (this.#timer !== null) return;
    const dueMs = this.#lastMs + this.#paceMs - this.#clock.monotonicMs();
    if (dueMs <= 0) this.#flush();
    else this.#timer = this.#clock.after(dueMs, () => this.#flush());
  }

  /** What waits is dropped. */
  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#timer = null;
    this.#waiting = null;
  }

  #flush(): void {
    const waiting = this.#waiting;
    const isEverything = this.#isEverything;
    this.#timer = null;
    this.#waiting = null;
    this.#isEverything = false;
    this.#lastMs = this.#clock.monotonicMs();
    if (waiting !== null) this.#fire(isEverything ? null : [...waiting]);
  }
}
