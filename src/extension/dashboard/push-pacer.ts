import type { Disposable } from '../../model/disposable.ts';

/** Calls back after a delay; the returned function stops it. */
export type After = (delayMs: number, run: () => void) => () => void;

/**
 * Hands out the right to send: the first at once, then one every `intervalMs`, in the order of the requests.
 * A second request of the same name before its turn is the same request, so a burst becomes one message.
 */
export class PushPacer implements Disposable {
  readonly #intervalMs: number;
  readonly #after: After;
  readonly #waiting = new Map<string, () => void>();
  #stop: (() => void) | null = null;
  #isDisposed = false;

  constructor(intervalMs: number, after: After) {
    this.#intervalMs = intervalMs;
    this.#after = after;
  }

  /** Runs `send` as soon as it may. */
  request(name: string, send: () => void): void {
    if (this.#isDisposed) return;
    this.#waiting.set(name, send);
    if (this.#stop === null) this.#next();
  }

  /** Drops what waits. */
  dispose(): void {
    this.#isDisposed = true;
    this.#waiting.clear();
    this.#stop?.();
    this.#stop = null;
  }

  #next(): void {
    this.#stop = null;
    const [first] = this.#waiting;
    if (first === undefined) return;
    const [name, send] = first;
    this.#waiting.delete(name);
    this.#stop = this.#after(this.#intervalMs, () => {
      this.#next();
    });
    send();
  }
}
