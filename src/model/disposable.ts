/** Something that was started and can be ended. `dispose` may be called more than once. */
export interface Disposable {
  dispose(): void;
}

/** A disposable from a function, which runs at most once. */
export function toDisposable(end: () => void): Disposable {
  let isDisposed = false;
  return {
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      end();
    },
  };
}

/** Owns disposables; what is added after its own end is disposed at once, so late arrivals never leak. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = [];
  #isDisposed = false;

  /** True after `dispose`. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Takes ownership of `item` and returns it. */
  add<T extends Disposable>(item: T): T {
    if (this.#isDisposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Disposes everything in reverse order. A throwing item does not keep the others alive. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const items = this.#items.reverse();
    this.#items = [];
    const errors: unknown[] = [];
    for (const item of items) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}

/** Subscribes a listener; the returned disposable unsubscribes it. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** A private source of events with a public `event`, as VS Code's emitter, without the editor. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();

  /** What others subscribe to. */
  readonly event: Event<T> = (listener) => {
    const entry = (value: T): void => {
      listener(value);
    };
    this.#listeners.add(entry);
    return toDisposable(() => this.#listeners.delete(entry));
  };

  /** Calls every listener that is subscribed now. A throwing listener does not stop the others; the first error is rethrown at the end. */
  fire(value: T): void {
    const errors: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  /** Forgets all listeners. */
  dispose(): void {
    this.#listeners.clear();
  }
}
