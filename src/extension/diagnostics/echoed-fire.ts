import type { Clock } from '../../engine/ports.ts';
import type { Disposable } from '../../model/disposable.ts';

/** Longer than the editor takes to answer a change, shorter than a person takes to wonder. */
export const echoMs = 1000;

/**
 * Tells of a change at once, and once more after things have been quiet for a while. VS Code collects changes of lenses
 * for 250 ms, and forgets them when the cursor leaves the editor in that time.
 */
export class EchoedFire implements Disposable {
  readonly #clock: Clock;
  readonly #fire: () => void;
  #echo: Disposable | null = null;

  constructor(clock: Clock, fire: () => void) {
    this.#clock = clock;
    this.#fire = fire;
  }

  /** Something changed. */
  tell(): void {
    this.#echo?.dispose();
    this.#echo = this.#clock.after(echoMs, () => this.#fire());
    this.#fire();
  }

  /** What waits is dropped. */
  dispose(): void {
    this.#echo?.dispose();
    this.#echo = null;
  }
}
