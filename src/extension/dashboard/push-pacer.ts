import type { Disposable } from '../../model/disposable.ts';
import { maxMessagesASecond, pushesAtOnce } from '../../protocol/limits.ts';

/** Calls back after a delay; the returned function stops it. */
export type After = (delayMs: number, run: () => void) => () => void;

/** What a pacer needs. */
export interface PacerOptions {
  readonly after: After;
  readonly nowMs: () => number;
}

/** A page that is told more often than this draws one frame for two messages. */
const leastGapMs = 40;
/** A push that follows another one closely goes out when so long nothing new came: what is under way comes with it. */
const calmMs = 10;
/** How much longer than the gap it waits for that at most. */
const mostCalmMs = 30;
/** How far apart those are that follow a few close ones: the rest of a second's then lasts about a second. */
const steadyGapMs = 150;
/** Nobody sees the page: it is kept true, and takes nothing from another one while the same change is drawn there. */
const unseenRestMs = 1000;
/** One message of each second is left to an answer, which is never held back. */
const mostPushes = maxMessagesASecond - 1;
/** So many pushes are left in each second, however many answers there are. */
const leastPushes = 4;
const secondMs = 1000;

/** Something that went out. */
interface Sent {
  readonly atMs: number;
  readonly isPush: boolean;
}

/**
 * Hands out the right to send, in the order of the requests: at once after a quiet time, a few in a row close to each
 * other, and when it goes on as many as keep to the limit of any second. A second request of the same name before its turn
 * is the same request, so a burst becomes few messages. What is sent is told by `count`: a turn that sends nothing costs
 * nothing, and answers, which wait for no turn, count as well.
 */
export class PushPacer implements Disposable {
  readonly #after: After;
  readonly #nowMs: () => number;
  readonly #waiting = new Map<string, () => Promise<void> | void>();
  /** Of the last second, oldest first. */
  #sentLately: Sent[] = [];
  #stop: (() => void) | null = null;
  #isSending = false;
  #isSeen = true;
  /** When the oldest of those that wait was asked for. */
  #askedMs = 0;
  /** When somebody asked last. */
  #newsMs = Number.NEGATIVE_INFINITY;
  #isDisposed = false;

  constructor({ after, nowMs }: PacerOptions) {
    this.#after = after;
    this.#nowMs = nowMs;
  }

  /** Runs `send` as soon as it may; what comes next waits until it has ended. */
  request(name: string, send: () => Promise<void> | void): void {
    if (this.#isDisposed) return;
    this.#newsMs = this.#nowMs();
    if (this.#waiting.size === 0) this.#askedMs = this.#newsMs;
    this.#waiting.set(name, send);
    this.#next();
  }

  /** Whether anybody can see what is sent. Otherwise it waits for a second, or until it is seen. */
  setSeen(isSeen: boolean): void {
    if (isSeen === this.#isSeen || this.#isDisposed) return;
    this.#isSeen = isSeen;
    this.#stop?.();
    this.#stop = null;
    this.#next();
  }

  /** A message went out. */
  count(): void {
    const atMs = this.#nowMs();
    this.#forget(atMs);
    this.#sentLately.push({ atMs, isPush: this.#isSending });
  }

  /** Drops what waits. */
  dispose(): void {
    this.#isDisposed = true;
    this.#waiting.clear();
    this.#stop?.();
    this.#stop = null;
  }

  #next(): void {
    if (this.#isSending || this.#stop !== null) return;
    const [first] = this.#waiting;
    if (first === undefined) return;
    const waitMs = this.#waitMs();
    if (waitMs > 0) {
      this.#stop = this.#after(waitMs, () => {
        this.#stop = null;
        this.#next();
      });
      return;
    }
    const [name, send] = first;
    this.#waiting.delete(name);
    this.#isSending = true;
    const sending = send();
    if (sending === undefined) this.#sent();
    else void sending.finally(() => this.#sent());
  }

  #sent(): void {
    this.#isSending = false;
    this.#next();
  }

  /** How long the next push waits. */
  #waitMs(): number {
    const nowMs = this.#nowMs();
    this.#forget(nowMs);
    const pushes = this.#sentLately.filter(({ isPush }) => isPush);
    const answers = this.#sentLately.filter(({ isPush }) => !isPush);
    const counted = [...pushes, ...answers.slice(-(mostPushes - leastPushes))].sort(
      (a, b) => a.atMs - b.atMs,
    );
    const lastMs = pushes.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
    const gapMs = pushes.length < pushesAtOnce ? leastGapMs : steadyGapMs;
    const full = counted.at(-mostPushes);
    const roomMs = full === undefined ? 0 : full.atMs + secondMs;
    const restMs = this.#isSeen || this.#askedMs > nowMs ? 0 : this.#askedMs + unseenRestMs;
    const dueMs = lastMs + gapMs;
    return Math.max(0, dueMs + this.#calmMs(dueMs, gapMs) - nowMs, roomMs - nowMs, restMs - nowMs);
  }

  /** How much longer than the gap a push waits: after a quiet time nothing does, and a long gap has collected enough. */
  #calmMs(dueMs: number, gapMs: number): number {
    const isClose = gapMs === leastGapMs && this.#askedMs <= dueMs && this.#newsMs <= this.#nowMs();
    return isClose ? Math.min(Math.max(0, this.#newsMs + calmMs - dueMs), mostCalmMs) : 0;
  }

  /** What a clock that was set back has before it is no longer known to be of this second. */
  #forget(nowMs: number): void {
    this.#sentLately = this.#sentLately.filter(
      ({ atMs }) => atMs <= nowMs && atMs > nowMs - secondMs,
    );
  }
}
