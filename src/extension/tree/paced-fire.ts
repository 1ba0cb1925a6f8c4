import type { Disposable } from '../../model/disposable.ts';
import type { Clock } from '../../engine/ports.ts';

/**
 * VS Code debounces tree refreshes by 200 ms at the leading edge: a source that fires more often than that is never
 * shown until it falls silent. Its timer is started by ours and in the same loop: one that is due 20 ms later rings after it.
 */
export const treePaceMs = 220;

/** What else shows the same change is drawn first: in the editor both wait for one thread. */
export const treeLeadMs = 40;

/**
 * How long a change waits at most for others that follow it closely: twenty tasks at once are over in 50 to 100 ms, and
 * what misses the first refresh waits a whole pace for the second.
 */
export const treeGatherMs = 160;

/** How long changes wait for others while nobody sees them. */
export const treeUnseenMs = 1000;

/** How long a row waits that sums up what is below it; with it all of that is refreshed. */
export const sumsRestMs = 1000;

/**
 * Collects what changed and hands it on: when a moment brings nothing new and the last time was long enough ago; the last
 * change is never left behind. `null` stands for everything.
 */
export class PacedFire<T> implements Disposable {
  readonly #clock: Clock;
  readonly #paceMs: number;
  readonly #fire: (changed: readonly T[] | null) => void;
  #waiting: Set<T> | null = null;
  readonly #sums = new Set<T>();
  #isEverything = false;
  #timer: { readonly atMs: number; readonly untilMs: number; readonly alarm: Disposable } | null =
    null;
  #sumsTimer: Disposable | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #isSeen = true;
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

  /** Something changed; `leadMs`: how long what is fired waits at least, 0 for what somebody waits for. */
  add(changed: readonly (T | null)[], leadMs = treeLeadMs): void {
    if (this.#isDisposed || changed.length === 0) return;
    this.#waiting ??= new Set();
    for (const one of changed) {
      if (one === null) this.#isEverything = true;
      else this.#waiting.add(one);
    }
    const nowMs = this.#clock.monotonicMs();
    const untilMs = this.#timer?.untilMs ?? nowMs + (this.#isSeen ? treeGatherMs : treeUnseenMs);
    const gatheredMs = this.#isSeen ? Math.min(nowMs + leadMs, untilMs) : untilMs;
    const calmMs = Math.max(gatheredMs, this.#timer?.atMs ?? 0);
    this.#fireAt(leadMs === 0 ? nowMs : calmMs, untilMs);
  }

  /** Whether anybody can see what is fired. Otherwise it waits for a second, or until it is seen. */
  setSeen(isSeen: boolean): void {
    this.#isSeen = isSeen;
    if (isSeen && this.#timer !== null) this.#fireAt(this.#clock.monotonicMs(), 0);
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
    this.#timer?.alarm.dispose();
    this.#timer = null;
    this.#sumsTimer?.dispose();
    this.#sumsTimer = null;
    this.#waiting = null;
  }

  /** Not before the pace allows it. */
  #fireAt(atMs: number, untilMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    const dueMs = Math.max(atMs, this.#lastMs + this.#paceMs);
    if (dueMs === this.#timer?.atMs) return;
    this.#timer?.alarm.dispose();
    if (dueMs <= nowMs) this.#flush();
    else {
      const alarm = this.#clock.after(dueMs - nowMs, () => this.#flush());
      this.#timer = { atMs: dueMs, untilMs, alarm };
    }
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
