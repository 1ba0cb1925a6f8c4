import type { Disposable } from '../../model/disposable.ts';
import { maxMessagesASecond, pushesAtOnce } from '../../protocol/limits.ts';

/** Calls back after a delay; the returned function stops it. */
export type After = (delayMs: number, run: () => void) => () => void;

/** What a pacer needs. */
export interface PacerOptions {
  readonly after: After;
  readonly nowMs: () => number;
}

/** What comes back in a second of those that may go at once: both together are all that go in any second. */
const refillMs = 1000 / (maxMessagesASecond - pushesAtOnce);
/** A page that is told more often than this draws one frame for two messages. */
const leastGapMs = 30;
/** Answers are never held back, but no more than this many of them hold pushes back. */
const mostDebt = 3;

/**
 * Hands out the right to send, in the order of the requests: at once after a quiet time, a few in a row close to each
 * other, and when it goes on as many as keep to the limit of a second. A second request of the same name before its turn
 * is the same request, so a burst becomes few messages. What is sent is told by `count`: a turn that sends nothing costs
 * nothing, and answers, which wait for no turn, count as well.
 */
export class PushPacer implements Disposable {
  readonly #after: After;
  readonly #nowMs: () => number;
  readonly #waiting = new Map<string, () => Promise<void> | void>();
  #left = pushesAtOnce;
  #refilledMs: number;
  #lastMs = Number.NEGATIVE_INFINITY;
  #stop: (() => void) | null = null;
  #isSending = false;
  #isDisposed = false;

  constructor({ after, nowMs }: PacerOptions) {
    this.#after = after;
    this.#nowMs = nowMs;
    this.#refilledMs = nowMs();
  }

  /** Runs `send` as soon as it may; what comes next waits until it has ended. */
  request(name: string, send: () => Promise<void> | void): void {
    if (this.#isDisposed) return;
    this.#waiting.set(name, send);
    this.#next();
  }

  /** A message went out. */
  count(): void {
    this.#refill();
    this.#left = Math.max(-mostDebt, this.#left - 1);
    this.#lastMs = this.#nowMs();
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

  /** Whole milliseconds, and never less than what is missing: a timer may ring early. */
  #waitMs(): number {
    this.#refill();
    const gapMs = this.#lastMs + leastGapMs - this.#nowMs();
    return Math.ceil(Math.max(gapMs, (1 - this.#left) * refillMs));
  }

  #refill(): void {
    const nowMs = this.#nowMs();
    // A clock that was set back brings nothing.
    const passedMs = Math.max(0, nowMs - this.#refilledMs);
    this.#left = Math.min(pushesAtOnce, this.#left + passedMs / refillMs);
    this.#refilledMs = nowMs;
    this.#lastMs = Math.min(this.#lastMs, nowMs);
  }
}
