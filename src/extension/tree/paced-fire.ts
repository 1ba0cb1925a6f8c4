import type { Disposable } from '../../model/disposable.ts';
import type { Clock } from '../../engine/ports.ts';

/**
 * VS Code debounces tree refreshes by 200 ms at the leading edge: a source that fires more often than that is never
 * shown until it falls silent. Its timer is started by ours and in the same loop: one that is due 20 ms later rings after it.
 */
export const treePaceMs = 220;

/** What else shows the same change is drawn first: in the editor both wait for one thread. */
export const treeLeadMs = 40;

/** So long after a change was sent to a page in front the page has drawn it, on a busy machine as well. */
export const treeAfterPageMs = 50;

/**
 * How long a change waits at most for others that follow it closely: twenty tasks at once are over in 50 to 100 ms, and
 * what misses the first refresh waits a whole pace for the second.
 */
export const treeGatherMs = 160;

/** How long changes wait for others while nobody sees them. */
export const treeUnseenMs = 1000;

/** How long a row waits that sums up what is below it; with it all of that is refreshed. */
export const sumsRestMs = 1000;

/** What is refreshed; `null` among the rows stands for everything. */
export interface Collected<T> {
  readonly rows: readonly (T | null)[];
  /** What only sums up what is below it: it may wait. */
  readonly sums: readonly T[];
}

/**
 * Collects what changed and hands it on: when a moment brings nothing new and the last time was long enough ago; the last
 * change is never left behind. `null` stands for everything.
 */
export class PacedFire<T> implements Disposable {
  readonly #clock: Clock;
  readonly #paceMs: number;
  readonly #fire: (changed: readonly T[] | null) => void;
  readonly #collect: () => Collected<T>;
  readonly #waiting = new Set<T>();
  readonly #sums = new Set<T>();
  #isEverything = false;
  #timer: { readonly atMs: number; readonly untilMs: number; readonly alarm: Disposable } | null =
    null;
  #sumsTimer: Disposable | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  /** Nothing is fired before. */
  #heldMs = Number.NEGATIVE_INFINITY;
  #isSeen = true;
  #isDisposed = false;

  constructor(options: {
    readonly clock: Clock;
    readonly paceMs?: number;
    readonly fire: (changed: readonly T[] | null) => void;
    /** Looks up what changed since it was asked last: once for all that was touched. */
    readonly collect?: () => Collected<T>;
  }) {
    this.#clock = options.clock;
    this.#paceMs = options.paceMs ?? treePaceMs;
    this.#fire = options.fire;
    this.#collect = options.collect ?? (() => ({ rows: [], sums: [] }));
  }

  /** Something changed: what it is, is looked up when its time comes. */
  touch(): void {
    if (!this.#isDisposed) this.#wait(treeLeadMs);
  }

  /** Something changed; `leadMs`: how long what is fired waits at least, 0 for what somebody waits for. */
  add(changed: readonly (T | null)[], leadMs = treeLeadMs): void {
    if (this.#isDisposed || changed.length === 0) return;
    this.#gather(changed);
    this.#wait(leadMs);
  }

  #gather(changed: readonly (T | null)[]): void {
    for (const one of changed) {
      if (one === null) this.#isEverything = true;
      else this.#waiting.add(one);
    }
  }

  #wait(leadMs: number): void {
    const nowMs = this.#clock.monotonicMs();
    const untilMs = this.#timer?.untilMs ?? nowMs + (this.#isSeen ? treeGatherMs : treeUnseenMs);
    const restedMs = Math.max(nowMs + leadMs, this.#heldMs);
    const gatheredMs = this.#isSeen ? Math.min(restedMs, untilMs) : untilMs;
    const calmMs = Math.max(gatheredMs, this.#timer?.atMs ?? 0);
    this.#fireAt(leadMs === 0 ? nowMs : calmMs, untilMs);
  }

  /** What others draw comes first: nothing is fired for so long, but for what has waited long enough. */
  hold(restMs: number): void {
    this.#heldMs = this.#clock.monotonicMs() + restMs;
    if (!this.#isSeen || this.#timer === null) return;
    const { atMs, untilMs } = this.#timer;
    this.#fireAt(Math.max(atMs, Math.min(this.#heldMs, untilMs)), untilMs);
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
    this.#waiting.clear();
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
    this.#timer = null;
    const { rows, sums } = this.#collect();
    this.#gather(rows);
    const changed = this.#isEverything ? null : [...this.#waiting];
    this.#waiting.clear();
    this.#isEverything = false;
    if (changed === null) this.#sums.clear();
    for (const one of changed ?? []) this.#sums.delete(one);
    this.addSums(sums);
    if (changed?.length === 0) return;
    this.#lastMs = this.#clock.monotonicMs();
    this.#fire(changed);
  }
}
