/** Brings executions into the view file, as often as is useful and no more. */
import type { Disposable } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import { ok, type Failure, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { silentLog, systemClock, type Clock, type Log } from '../ports.ts';
import { compareStates } from './join-executions.ts';
import type { StateFolder } from './state-folder.ts';
import { ViewReader } from './view-reader.ts';
import { ViewWriter } from './view-writer.ts';

/** What a publisher needs. */
export interface ViewPublisherOptions {
  readonly folder: StateFolder;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Finished executions to keep in the view; default 200. */
  readonly keep?: number;
  /** The least time between two writes; default 100. Longer by itself where a write is dear. */
  readonly minIntervalMs?: number;
  /** How long the first write waits for what follows at once; default 0. */
  readonly firstDelayMs?: number;
}

/** How many finished executions a view keeps when nobody says otherwise. */
export const defaultKeep = 200;

/** A write may take this part of the time: one that takes 10 ms, as with 2,000 tasks, comes at most every 200 ms. */
const writeShare = 0.05;
const maxIntervalMs = 2000;
const maxRetryMs = 5000;

/** Writes at once after a quiet time, then at most every `minIntervalMs`, and always the last state. */
export class ViewPublisher implements Disposable {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #minIntervalMs: number;
  readonly #firstDelayMs: number;
  readonly #writer: ViewWriter;
  /** The newest state of each execution of this process, until it is over and written. */
  readonly #mine = new Map<string, Execution>();
  readonly #dirty = new Set<string>();
  #waiting: ((result: Result<void>) => void)[] = [];
  #timer: Disposable | null = null;
  #isWriting = false;
  #isDisposed = false;
  /** When the next write may come; null before the first. */
  #earliestMs: number | null = null;
  #retryMs = 0;
  #lastFailure: Failure | null = null;

  constructor(options: ViewPublisherOptions) {
    this.#clock = options.clock ?? systemClock;
    this.#log = options.log ?? silentLog;
    this.#minIntervalMs = options.minIntervalMs ?? 100;
    this.#firstDelayMs = options.firstDelayMs ?? 0;
    this.#writer = new ViewWriter({
      folder: options.folder,
      reader: new ViewReader(options.folder),
      clock: this.#clock,
      log: this.#log,
      keep: options.keep ?? defaultKeep,
    });
  }

  /** Takes the newest state of an execution; older ones than already given are ignored. */
  publish(execution: Execution): void {
    const known = this.#mine.get(execution.id);
    if (known === execution) return;
    if (known !== undefined && compareStates(execution, known) < 0) return;
    this.#mine.set(execution.id, execution);
    this.#dirty.add(execution.id);
    this.#schedule();
  }

  /** Writes what goes on once more: the file may have been deleted under it. */
  refresh(): void {
    for (const id of this.#mine.keys()) this.#dirty.add(id);
    if (this.#dirty.size > 0) this.#schedule();
  }

  /** Ends when everything published so far is in the view file, or with why the next write failed. */
  flush(): Promise<Result<void>> {
    if (this.#isDisposed || (this.#dirty.size === 0 && !this.#isWriting)) {
      return Promise.resolve(ok(undefined));
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#earliestMs = 0;
      this.#timer?.dispose();
      this.#timer = null;
      if (!this.#isWriting) void this.#write();
    });
  }

  /** Stops without a last write; flush first. */
  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#answer(ok(undefined));
  }

  #schedule(): void {
    if (this.#isDisposed || this.#isWriting || this.#timer !== null) return;
    const nowMs = this.#clock.monotonicMs();
    this.#earliestMs ??= nowMs + this.#firstDelayMs;
    const delayMs = Math.max(0, this.#earliestMs - nowMs);
    this.#timer = this.#clock.after(delayMs, () => {
      this.#timer = null;
      void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    const ids = [...this.#dirty];
    this.#dirty.clear();
    // Who calls `flush` from here on waits for the next write.
    const waiting = this.#waiting;
    this.#waiting = [];
    const put = [...this.#mine.values()];
    const startMs = this.#clock.monotonicMs();
    const result = await this.#writer.update({ put });
    const tookMs = this.#clock.monotonicMs() - startMs;
    this.#isWriting = false;
    if (result.ok) this.#succeed(put, tookMs);
    else this.#fail(ids, result.error);
    const answer: Result<void> = result.ok ? ok(undefined) : result;
    for (const resolve of waiting) resolve(answer);
    if (this.#isDisposed) return;
    if (this.#waiting.length > 0) {
      if (this.#dirty.size === 0) this.#answer(answer);
      else this.#earliestMs = 0;
    }
    if (this.#dirty.size > 0) this.#schedule();
  }

  #succeed(written: readonly Execution[], tookMs: number): void {
    if (this.#lastFailure !== null) this.#log.info('the view file is written again');
    this.#lastFailure = null;
    this.#retryMs = 0;
    const pauseMs = Math.min(maxIntervalMs, Math.max(this.#minIntervalMs, tookMs / writeShare));
    this.#earliestMs = this.#clock.monotonicMs() + pauseMs;
    for (const execution of written) {
      const isLast = this.#mine.get(execution.id) === execution;
      if (isLast && isExecutionOver(execution.status)) this.#mine.delete(execution.id);
    }
  }

  #fail(ids: readonly string[], failure: Failure): void {
    if (this.#lastFailure?.message !== failure.message) this.#log.warn(failure.message);
    this.#lastFailure = failure;
    for (const id of ids) this.#dirty.add(id);
    this.#retryMs = Math.min(maxRetryMs, Math.max(250, this.#retryMs * 2));
    this.#earliestMs = this.#clock.monotonicMs() + this.#retryMs;
  }

  #answer(result: Result<void>): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(result);
  }
}
