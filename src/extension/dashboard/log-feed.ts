import type { Disposable } from '../../model/disposable.ts';
import { isTaskOver } from '../../model/status.ts';
import { chooseLog } from '../../protocol/choose-log.ts';
import { maxLogChunkBytes, maxLogStepBytes } from '../../protocol/limits.ts';
import type {
  LogChunk,
  LogName,
  LogPage,
  LogPageRequest,
  LogStep,
  LogTarget,
} from '../../protocol/log-messages.ts';
import { readLogPage } from './log-pages.ts';
import type { DashboardHost, FolderExecution } from './dashboard-host.ts';
import { LogStream, type LogReader } from './log-stream.ts';
import type { After, PushPacer } from './push-pacer.ts';
import { findAttempt } from './to-detail.ts';
import { waitAtMost, type Wait } from './wait-at-most.ts';

/** What a feed needs. */
export interface LogFeedOptions {
  readonly source: Pick<DashboardHost, 'executions' | 'logFile'>;
  readonly reader: LogReader;
  readonly pacer: PushPacer;
  readonly after: After;
  readonly send: (chunk: LogChunk) => void;
}

/** How often a log that has nothing new is looked at again: one `stat`, for one log, while it is on the screen. */
const pollMs = 250;

/** How long a change waits for its piece of a log, so that both are one message: a busy disk holds back only its own. */
const patienceMs = 15;

/** The turns of the pacer in which a piece of a log goes out by itself. */
export const logTurn = 'log';

/** Follows the one log that the webview shows. */
export class LogFeed implements Disposable {
  readonly #options: LogFeedOptions;
  #current: LogStream | null = null;
  /** What `#current` is of. */
  #target: LogTarget | null = null;
  #isOpening = false;
  #lastStream = 0;
  #stopTimer: (() => void) | null = null;
  /** One at a time: each holds a turn of the pacer. */
  #wait: Wait<unknown> | null = null;

  constructor(options: LogFeedOptions) {
    this.#options = options;
  }

  /** Ends the last log and starts with the end of another; null where there is none. */
  open(target: LogTarget | null): Promise<LogChunk | null> {
    return this.#open(target, maxLogChunkBytes);
  }

  /**
   * What a change of the execution means for the log: where another one is to be followed by the same wish, that is
   * opened, and where the attempt has ended, or more `isWanted`, the rest is read, so that all of it is one message. Null:
   * nothing of that, or it takes too long. Then the rest follows by itself, and for another log the page asks when it sees
   * the change.
   */
  follow(
    item: FolderExecution,
    isStuck: (task: string) => boolean,
    isWanted = false,
  ): Promise<LogStep | null> | null {
    const target = this.#target;
    const stream = this.#current;
    if (target === null || stream === null || target.key !== item.key || this.#isOpening)
      return null;
    const tasks = item.execution.tasks.map((task) => {
      const { id, status, continueOnError, attempts } = task;
      return { id, status, continueOnError, attempts, isStuck: isStuck(id) };
    });
    const { task, attempt } = chooseLog(tasks, target.wish, target.task);
    if (task === null || attempt === null) return null;
    if (task === target.task && attempt === stream.attempt) {
      return stream.hasEnded || !(stream.isOver || isWanted) ? null : this.#rest(task, stream);
    }
    const opening = this.#open({ ...target, task, attempt, from: null }, maxLogStepBytes);
    return this.#inTime(opening, () => undefined).then((chunk) =>
      chunk === null ? null : { task, chunk },
    );
  }

  async #rest(task: string, stream: LogStream): Promise<LogStep | null> {
    const chunk = await this.#pull(stream, maxLogStepBytes);
    if (!this.#isCurrent(stream)) return null;
    this.#pollOn(stream, chunk);
    return chunk === null ? null : { task, chunk };
  }

  async #open(target: LogTarget | null, maxBytes: number): Promise<LogChunk | null> {
    this.dispose();
    if (target === null) return null;
    const found = this.#attemptOf(target);
    const path = found === null ? null : this.#options.source.logFile(found.id, found.attempt.log);
    if (found === null || path === null) return null;
    this.#lastStream += 1;
    const number = found.attempt.attempt;
    const stream = new LogStream({
      stream: this.#lastStream,
      attempt: number,
      path,
      reader: this.#options.reader,
      isOver: () => {
        const now = this.#attemptOf({ ...target, attempt: number });
        return now === null || isTaskOver(now.attempt.status);
      },
    });
    this.#current = stream;
    this.#target = target;
    this.#isOpening = true;
    const chunk = await stream.open(target.from, maxBytes);
    // Another one was asked for meanwhile: what comes now is refused by the page as late.
    if (!this.#isCurrent(stream)) return chunk;
    this.#isOpening = false;
    this.#pollOn(stream, chunk);
    return chunk;
  }

  /** The webview wants more of `stream`. */
  acknowledge(stream: number, next: number): void {
    if (this.#current?.stream !== stream) return;
    this.#current.acknowledge(next);
    this.#request(this.#current);
  }

  /** The next piece is sent in a turn of its own. */
  goOn(): void {
    if (this.#current !== null) this.#request(this.#current);
  }

  /** Stops following. */
  dispose(): void {
    this.#current = null;
    this.#target = null;
    this.#isOpening = false;
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#wait?.dispose();
    this.#wait = null;
  }

  #request(stream: LogStream): void {
    this.#options.pacer.request(logTurn, () => this.#pump(stream));
  }

  async #pump(stream: LogStream): Promise<void> {
    if (this.#current === stream) this.#pass(stream, await this.#pull(stream));
  }

  #pass(stream: LogStream, chunk: LogChunk | null): void {
    // Another log may have been asked for meanwhile.
    if (!this.#isCurrent(stream)) return;
    if (chunk !== null) this.#options.send(chunk);
    this.#pollOn(stream, chunk);
  }

  /** What was shown is acknowledged, and more is asked for with that; nobody acknowledges nothing. */
  #pollOn(stream: LogStream, chunk: LogChunk | null): void {
    if (!stream.hasEnded && (chunk === null || chunk.text === '')) this.#poll(stream);
  }

  /** What comes late has a turn of its own. */
  #pull(stream: LogStream, maxBytes?: number): Promise<LogChunk | null> {
    return this.#inTime(stream.pull(maxBytes), (late) => {
      // There is one such turn: what is no longer shown must not take that of what is.
      if (!this.#isCurrent(stream)) return;
      this.#options.pacer.request('late-log', () => {
        this.#pass(stream, late);
      });
    });
  }

  #inTime<T>(wanted: Promise<T>, late: (value: T) => void): Promise<T | null> {
    const wait = waitAtMost(wanted, patienceMs, this.#options.after, late);
    this.#wait = wait;
    return wait.inTime;
  }

  #isCurrent(stream: LogStream): boolean {
    return this.#current === stream;
  }

  #poll(stream: LogStream): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#options.after(pollMs, () => {
      this.#request(stream);
    });
  }

  /** A piece of a log that the webview goes to; null when there is no such log. */
  async readPage(request: LogPageRequest): Promise<LogPage | null> {
    const file = this.fileOf(request);
    return file === null ? null : readLogPage(this.#options.reader, file, request);
  }

  /** The file of a log; null when there is no such attempt. */
  fileOf(name: LogName): string | null {
    const found = this.#attemptOf(name);
    return found === null ? null : this.#options.source.logFile(found.id, found.attempt.log);
  }

  #attemptOf(
    target: LogName,
  ): { readonly id: string; readonly attempt: NonNullable<ReturnType<typeof findAttempt>> } | null {
    const item = this.#options.source.executions().find(({ key }) => key === target.key);
    if (item === undefined) return null;
    const attempt = findAttempt(item.execution, target.task, target.attempt);
    return attempt === null ? null : { id: item.execution.id, attempt };
  }
}
