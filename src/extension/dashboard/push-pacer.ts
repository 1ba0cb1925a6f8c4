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
/** So soon after another push one is part of the same burst, also when the gap is over. */
const burstMs = 75;
/** How far apart those are that follow a few close ones: the rest of a second's then lasts about a second. */
const steadyGapMs = 150;
/** Nobody sees the page: it is kept true, and takes nothing from another one while the same change is drawn there. */
const unseenRestMs = 1000;
/** One message of each second is left to an answer, which is never held back. */
const mostPushes = maxMessagesASecond - 1;
/** So many pushes are left in each second, however many answers there are. */
const leastPushes = 4;
const secondMs = 1000;

/**
 * Sends something. `isAlong`: what goes along with it was asked for as well, and has no turn of its own unless it is asked
 * for once more.
 */
export type Send = (isAlong: boolean) => Promise<void> | void;

/** What waits for its turn. */
interface Push {
  readonly send: Send;
  readonly along: string | null;
}

/** How a push stands to others. */
export interface PushOptions {
  /** Name of what this one takes along: it does not wait behind that. */
  readonly along?: string;
  /** Nothing is under way that it could wait for. */
  readonly isLast?: boolean;
}

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
  readonly #waiting = new Map<string, Push>();
  /** Of the last second, oldest first. */
  #sentLately: Sent[] = [];
  #stop: (() => void) | null = null;
  #isSending = false;
  #isSeen = true;
  /** When the oldest of those that wait was asked for. */
  #askedMs = 0;
  /** From when on nothing new is expected to follow closely. */
  #calmAtMs = Number.NEGATIVE_INFINITY;
  #isDisposed = false;

  constructor({ after, nowMs }: PacerOptions) {
    this.#after = after;
    this.#nowMs = nowMs;
  }

  /** Runs `send` as soon as it may; what comes next waits until it has ended. */
  request(name: string, send: Send, { along, isLast = false }: PushOptions = {}): void {
    if (this.#isDisposed) return;
    const nowMs = this.#nowMs();
    this.#calmAtMs = isLast ? nowMs : nowMs + calmMs;
    if (this.#waiting.size === 0) this.#askedMs = nowMs;
    this.#waiting.set(name, { send, along: along ?? null });
    if (isLast) this.#wake();
    this.#next();
  }

  /** Whether anybody can see what is sent. Otherwise it waits for a second, or until it is seen. */
  setSeen(isSeen: boolean): void {
    if (isSeen === this.#isSeen || this.#isDisposed) return;
    this.#isSeen = isSeen;
    this.#wake();
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
    this.#wake();
  }

  /** Waits no longer for the moment it has set. */
  #wake(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #next(): void {
    if (this.#isSending || this.#stop !== null) return;
    const first = this.#first();
    if (first === null) return;
    const waitMs = this.#waitMs();
    if (waitMs > 0) {
      this.#stop = this.#after(waitMs, () => {
        this.#stop = null;
        this.#next();
      });
      return;
    }
    const [name, { send, along }] = first;
    this.#waiting.delete(name);
    const isAlong = along !== null && this.#waiting.delete(along);
    this.#isSending = true;
    let sending: Promise<void> | void = undefined;
    try {
      sending = send(isAlong);
    } finally {
      // Also after one that failed: the others still have their turns.
      if (sending === undefined) this.#sent();
      else void sending.finally(() => this.#sent());
    }
  }

  /** Whose turn is next: the one that was asked for first, or what takes that along. */
  #first(): readonly [string, Push] | null {
    const [oldest] = this.#waiting;
    if (oldest === undefined) return null;
    return [...this.#waiting].find(([, { along }]) => along === oldest[0]) ?? oldest;
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
    const askedMs = Math.min(this.#askedMs, nowMs);
    const isBurst = gapMs === leastGapMs && askedMs < lastMs + burstMs;
    const readyMs = isBurst ? this.#calmMs(Math.max(dueMs, askedMs)) : dueMs;
    return Math.max(0, readyMs - nowMs, roomMs - nowMs, restMs - nowMs);
  }

  /**
   * When a push of a burst goes out that may from `dueMs` on. After a quiet time none waits, and a long gap has collected
   * enough.
   */
  #calmMs(dueMs: number): number {
    const isKnown = this.#calmAtMs <= this.#nowMs() + calmMs;
    const calmAtMs = isKnown ? this.#calmAtMs : dueMs;
    return Math.min(Math.max(dueMs, calmAtMs), dueMs + mostCalmMs);
  }

  /** What a clock that was set back has before it is no longer known to be of this second. */
  #forget(nowMs: number): void {
    this.#sentLately = this.#sentLately.filter(
      ({ atMs }) => atMs <= nowMs && atMs > nowMs - secondMs,
    );
  }
}
