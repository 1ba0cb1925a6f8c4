import { toDisposable, type Event } from '../../model/disposable.ts';

/**
 * Calls what is due one by one, each in a turn of the event loop of its own: together they would hold up everybody else
 * in this process for as long as all of them take.
 */
export class Turns {
  readonly #due = new Set<() => void>();
  readonly #inNextTurn: (run: () => void) => void;
  #isAsked = false;

  constructor(inNextTurn: (run: () => void) => void = setImmediate) {
    this.#inNextTurn = inNextTurn;
  }

  /** The same event, heard by each listener in a turn of its own, and once for all that happened before that. */
  spread(event: Event<void>): Event<void> {
    return (listener) => {
      const call = (): void => {
        listener();
      };
      const heard = event(() => {
        this.#due.add(call);
        this.#ask();
      });
      return toDisposable(() => {
        heard.dispose();
        this.#due.delete(call);
      });
    };
  }

  #ask(): void {
    if (this.#isAsked || this.#due.size === 0) return;
    this.#isAsked = true;
    this.#inNextTurn(() => {
      this.#isAsked = false;
      const [next] = this.#due;
      if (next === undefined) return;
      this.#due.delete(next);
      // Before it: one that throws keeps nobody from theirs.
      this.#ask();
      next();
    });
  }
}
