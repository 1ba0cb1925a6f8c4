import type { Disposable } from '../../model/disposable.ts';
import type { Clock } from '../../engine/ports.ts';

/**
 * VS Code debounces tree refreshes by 200 ms at the leading edge: a source that fires more often than that is never
 * shown until it falls silent. Its timer is started by ours and in the same loop: one that is due 20 ms later rings after it.
 */
export const treePaceMs = 220;

/** What else shows the same change is drawn first: in the editor both wait for one thread. */
export const treeLeadMs = 40;

/** How long a row waits that sums up what is below it; with it all of that is refreshed. */
export const sumsRestMs = 1000;

/**
 * Collects what changed and hands it on, soon when the last time was long enough ago, else as soon as it is; the last
 * change is never left behind. `null` stands for everything.
 */
export class PacedFire<T> implements Disposable {
  readonly #clock: Clock;
  readonly #paceMs: number;
  readonly #fire: (changed: readonly T[] | null) => void;
  #waiting: Set<T> | null = null;
  readonly #sums = new Set<T>();
  #isEverything = false;
  #timer: Disposable | null = null;
  #sumsTimer: Disposable | null = null;
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

  /** Something changed; `leadMs`: how long what is fired waits at least. */
  add(changed: readonly (T | null)[], leadMs = treeLeadMs): void {
    if (this.#isDisposed || changed.length === 0) return;
    this.#waiting ??= new Set();
    for (const one of changed) {
      if (one === null) this.#isEverything = true;
      else this.#waiting.add(one);
    }
    if (this.#timer !== null) return;
    const dueMs = Math.max(leadMs, this.#lastMs + this.#paceMs - this.#clock.monotonicMs());
    if (dueMs <= 0) this.#flush();
    else this.#timer = this.#clock.after(dueMs, () => this.#flush());
  }

  /** Something changed that is not worth what its refresh costs each time it does. */
  addSums(changed: readonly T[]): void {
    if (this.#isDisposed || changed.length === 0) return;
    for (const one of changed) this.#sums.add(one);
    this.#sumsTimer ??= this.#clock.after(sumsRestMs, () => {
      this.#sumsTimer = null;
      const sums = [...this.#sums];
      this.#sums.clear();
      this.add(sums);
    });
  }

  /** What waits is dropped. */
  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#timer = null;
    this.#sumsTimer?.dispose();
    this.#sumsTimer = null;
    this.#waiting = null;
  }

  #flush(): void {
    const waiting = this.#waiting;
    const isEverything = this.#isEverything;
    this.#timer = null;
    this.#waiting = null;
    this.#isEverything = false;
    this.#lastMs = this.#clock.monotonicMs();
    if (isEverything) this.#sums.clear();
    for (const one of waiting ?? []) this.#sums.delete(one);
    if (waiting !== null) this.#fire(isEverything ? null : [...waiting]);
  }
}
