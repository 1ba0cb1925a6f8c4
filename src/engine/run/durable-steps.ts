import type { ExecutionEvent } from '../../model/events.ts';
import type { Failure } from '../../model/result.ts';
import type { Clock, Log } from '../ports.ts';
import type { OwnedExecution } from '../store/owned-execution.ts';

/** How long to wait before a record that could not be written is tried again. */
const retryEveryMs = 5000;

/**
 * Records first, effects after: what is added goes to disk in one write and one sync, and only then its effects run,
 * in order. While the disk refuses, nothing takes effect and the same records are tried again every 5 seconds.
 */
export class DurableSteps {
  readonly #owned: Pick<OwnedExecution, 'id' | 'commit'>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #onLost: (failure: Failure) => void;
  readonly #onResumed: () => void;
  #events: ExecutionEvent[] = [];
  #effects: (() => void)[] = [];
  /** What comes first of all, and what undoes its preparation where the disk refuses. */
  #urgent: { readonly effect: () => void; readonly retreat: () => void }[] = [];
  #isSuspended = false;
  /** What was said of the trouble that stands: once is enough. */
  #told: string | null = null;

  constructor(options: {
    readonly owned: Pick<OwnedExecution, 'id' | 'commit'>;
    readonly clock: Clock;
    readonly log: Log;
    /** The execution is not ours any more, or a record is impossible: stop without one. */
    readonly onLost: (failure: Failure) => void;
    /** The disk works again. */
    readonly onResumed: () => void;
  }) {
    this.#owned = options.owned;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#onLost = options.onLost;
    this.#onResumed = options.onResumed;
  }

  /** True while the disk refuses: nothing new should be decided. */
  get isSuspended(): boolean {
    return this.#isSuspended;
  }

  /** Adds a record to the next write. */
  record(event: ExecutionEvent): void {
    this.#events.push(event);
  }

  /** Adds something to do once all records added so far are durable. */
  then(effect: () => void): void {
    this.#effects.push(effect);
  }

  /** The same, before anybody is told; where the disk refuses at first, `retreat` comes instead. */
  atOnce(effect: () => void, retreat: () => void): void {
    this.#urgent.push({ effect, retreat });
  }

  /** Writes what was added and runs its effects. */
  commit(): void {
    if (!this.#isSuspended) this.#tryCommit();
  }

  #tryCommit(): boolean {
    if (this.#events.length > 0) {
      const committed = this.#owned.commit(this.#events, () => {
        for (const { effect } of this.#urgent.splice(0)) effect();
      });
      if (!committed.ok) {
        this.#refused(committed.error);
        return false;
      }
      this.#events = [];
    }
    const effects = this.#effects;
    this.#effects = [];
    for (const effect of effects) effect();
    return true;
  }

  #refused(failure: Failure): void {
    for (const { retreat } of this.#urgent.splice(0)) retreat();
    if (failure.code !== 'storage') {
      this.#events = [];
      this.#effects = [];
      this.#onLost(failure);
      return;
    }
    this.#isSuspended = true;
    if (this.#told !== failure.message) {
      this.#log.error(
        `execution ${this.#owned.id}: nothing new starts until its state can be written: ${failure.message}`,
      );
    }
    this.#told = failure.message;
    this.#clock.after(retryEveryMs, () => {
      this.#isSuspended = false;
      if (!this.#tryCommit()) return;
      this.#told = null;
      this.#log.info(`execution ${this.#owned.id}: its state can be written again; it goes on`);
      this.#onResumed();
    });
  }
}
