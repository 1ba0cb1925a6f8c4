import { chooseLog, type LogWish } from '../../protocol/choose-log.ts';
import type { Endpoint } from '../../protocol/endpoint.ts';
import type { LogChunk, LogName, LogStep, LogTarget } from '../../protocol/log-messages.ts';
import type { ToHost, ToWebview } from '../../protocol/messages.ts';
import type { DetailState } from './detail-state.ts';
import { LatestRun } from './latest-run.ts';
import {
  appendLog,
  appendPage,
  attachLog,
  endOf,
  hasByte,
  openLog,
  prependPage,
  showPage,
  startOf,
  type LogState,
} from './log-state.ts';

/** What is looked for in the log, and where it was found. */
export interface FindState {
  readonly isOpen: boolean;
  readonly query: string;
  readonly kind: 'text' | 'error';
  readonly isBusy: boolean;
  /** Null before the first answer. */
  readonly result: {
    readonly total: number;
    readonly isCapped: boolean;
    /** From 0; null when nothing was found. */
    readonly index: number | null;
  } | null;
  /** First byte of the line to bring into view; `turn` grows with every wish. */
  readonly goal: { readonly at: number; readonly turn: number } | null;
}

/** Nothing is looked for. */
export const noFind: FindState = {
  isOpen: false,
  query: '',
  kind: 'text',
  isBusy: false,
  result: null,
  goal: null,
};

/** The log and what is looked for in it. */
export interface LogParts {
  /** The task that is shown: chosen by the person, or by what happens. */
  readonly logTask: string | null;
  readonly log: LogState | null;
  /** The extension was asked for a log and has not answered. */
  readonly isReadingLog: boolean;
  readonly find: FindState;
}

/** What the log is chosen by. */
export interface LogReasons {
  readonly detail: DetailState | null;
  readonly view: LogWish;
}

/** What the model of the log needs. */
export interface LogModelOptions {
  readonly endpoint: Pick<Endpoint<ToWebview, ToHost>, 'ask' | 'tell'>;
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly read: () => LogParts & LogReasons;
  readonly set: (change: Partial<LogParts>) => void;
  readonly report: (message: string) => void;
  /** The log does not go on by itself now. */
  readonly stopFollowing: () => void;
}

/** A large log takes its time. */
const searchTimeoutMs = 120_000;

/** Which part of which log is shown: the end as it grows, or any other part as a person goes there. */
export class LogModel {
  readonly #options: LogModelOptions;
  readonly #ask = new LatestRun<LogTarget | null>((target) => this.#open(target));
  readonly #search = new LatestRun<{ readonly isBack: boolean; readonly at: number }>((wish) =>
    this.#find(wish),
  );
  #name: LogName | null = null;
  /** Null: nothing was chosen yet. */
  #key: string | null = null;
  #wish: LogWish = { task: null, attempt: null };
  #isPaging = false;
  #turn = 0;

  constructor(options: LogModelOptions) {
    this.#options = options;
  }

  /** Chooses the log by what is known now and follows it. `step` is what the extension has sent of it unasked. */
  choose(step: LogStep | null = null): void {
    const { detail, view, logTask, log } = this.#options.read();
    const isMore = step !== null && log?.stream === step.chunk.stream;
    if (isMore) this.receive(step.chunk);
    const wish: LogWish = { task: view.task, attempt: view.attempt };
    const { task, attempt } = chooseLog(detail?.tasks ?? [], wish, logTask);
    if (task !== logTask) this.#options.set({ logTask: task });
    const name =
      detail === null || task === null || attempt === null
        ? null
        : { key: detail.key, task, attempt };
    const key = JSON.stringify(name);
    const isSameWish = JSON.stringify(wish) === JSON.stringify(this.#wish);
    const isSame = key === this.#key;
    this.#wish = wish;
    this.#key = key;
    // While an answer is under way the extension's log is that of the answer, and what came with a change is late.
    const other = isMore || this.#ask.isRunning ? null : step;
    if (isSame && isSameWish && other === null) return;
    if (name !== null && !isSame && isSameWish && isOf(other, name)) {
      this.#name = name;
      this.#options.set({ log: openLog(other.chunk) });
      this.#acknowledge(other.chunk);
    } else if (isSame) this.#followOn();
    else this.#show(name);
  }

  /** What is shown is chosen and asked for anew next time. */
  forget(): void {
    this.#key = null;
  }

  #show(name: LogName | null): void {
    this.#name = name;
    this.#options.set({ isReadingLog: name !== null });
    this.#ask.want(name === null ? null : { ...name, from: null, wish: this.#wish });
  }

  /** The same log for another reason: it goes on where it is. */
  #followOn(): void {
    const { log } = this.#options.read();
    if (this.#name === null || log === null) return;
    if (!log.isAttached) return;
    this.#ask.want({ ...this.#name, from: endOf(log), wish: this.#wish });
  }

  /** Takes what was added. */
  receive(chunk: LogChunk): void {
    const { log } = this.#options.read();
    if (log?.stream !== chunk.stream) {
      this.#options.report(`refused a late chunk of log ${String(chunk.stream)}`);
      return;
    }
    // Unacknowledged: the extension reads no more of what nobody looks at.
    if (!log.isAttached) return;
    this.#options.set({ log: appendLog(log, chunk) });
    this.#acknowledge(chunk);
  }

  /** Reads what comes before the first line that is there. */
  async loadBefore(): Promise<void> {
    const { log } = this.#options.read();
    if (log !== null && startOf(log) > 0) await this.#page('before', startOf(log), prependPage);
  }

  /** Reads what comes after the last line that is there; at the end of the log it goes on as that grows. */
  async loadAfter(): Promise<void> {
    const { log } = this.#options.read();
    if (log === null || log.isAttached) return;
    if (endOf(log) < log.size) await this.#page('after', endOf(log), appendPage);
    const now = this.#options.read().log;
    if (now?.isAttached === false && endOf(now) >= now.size && this.#name !== null) {
      this.#ask.want({ ...this.#name, from: endOf(now), wish: this.#wish });
    }
  }

  /** Shows the end. */
  goToEnd(): void {
    const { log } = this.#options.read();
    if (log !== null && !log.isAttached) this.#show(this.#name);
  }

  /** Shows the beginning. */
  async goToStart(): Promise<void> {
    await this.#goTo(0);
  }

  /** Opens or closes the search. */
  openFind(isOpen: boolean): void {
    const { find } = this.#options.read();
    this.#options.set({ find: isOpen ? { ...find, isOpen } : noFind });
  }

  /** Looks for another text, from what is shown on. */
  findText(query: string): void {
    const { find, log } = this.#options.read();
    if (query === find.query && find.kind === 'text') return;
    const at = find.goal?.at ?? (log === null ? 0 : startOf(log));
    const next: FindState = { ...find, isOpen: true, query, kind: 'text' };
    if (query === '') {
      this.#options.set({ find: { ...next, result: null, goal: null } });
      return;
    }
    this.#options.set({ find: next });
    this.#search.want({ isBack: false, at });
  }

  /** Goes to the next line that matches, or to the one before. */
  findNext(isBack: boolean): void {
    const { find } = this.#options.read();
    if (find.kind === 'text' && find.query === '') return;
    const at = find.goal === null ? 0 : find.goal.at + (isBack ? 0 : 1);
    this.#search.want({ isBack, at });
  }

  /** Goes to the first line that tells of a failure; asked again, to the next one. */
  findError(): void {
    const { find } = this.#options.read();
    if (find.kind === 'error' && find.goal !== null) {
      this.findNext(false);
      return;
    }
    this.#options.set({ find: { ...noFind, isOpen: true, kind: 'error' } });
    this.#search.want({ isBack: false, at: 0 });
  }

  async #open(target: LogTarget | null): Promise<void> {
    const answer = await this.#options.endpoint.ask('log', target);
    if (!answer.ok) {
      // It may have been a disk that was away: asked for again with the next change.
      this.forget();
      return;
    }
    this.#options.set({ isReadingLog: false });
    const chunk = answer.value;
    const { log } = this.#options.read();
    if (chunk === null) {
      this.#options.set({ log: null, find: noFind });
      return;
    }
    if (target !== null && target.from !== null && log !== null) {
      this.#options.set({ log: attachLog(log, chunk) });
    } else {
      this.#options.set({ log: openLog(chunk) });
    }
    this.#acknowledge(chunk);
  }

  async #find(wish: { readonly isBack: boolean; readonly at: number }): Promise<void> {
    const { find } = this.#options.read();
    if (this.#name === null) return;
    const { kind, query } = find;
    if (kind === 'text' && query === '') return;
    this.#options.set({ find: { ...find, isBusy: true } });
    const body = { ...this.#name, kind, query, ...wish };
    const answer = await this.#options.endpoint.ask('log-search', body, searchTimeoutMs);
    const now = this.#options.read().find;
    // Closed or changed meanwhile.
    if (!now.isOpen || now.kind !== kind || now.query !== query || !answer.ok) {
      this.#options.set({ find: { ...now, isBusy: false } });
      return;
    }
    const { total, isCapped, found } = answer.value;
    const result = { total, isCapped, index: found?.index ?? null };
    this.#options.set({ find: { ...now, isBusy: false, result } });
    if (found !== null) await this.#goTo(found.at);
  }

  async #goTo(at: number): Promise<void> {
    this.#options.stopFollowing();
    const { log } = this.#options.read();
    if (log !== null && !hasByte(log, at)) await this.#page('around', at, showPage);
    this.#turn += 1;
    const { find } = this.#options.read();
    this.#options.set({ find: { ...find, goal: { at, turn: this.#turn } } });
  }

  async #page(
    kind: 'before' | 'after' | 'around',
    at: number,
    apply: (log: LogState, page: Parameters<typeof showPage>[1]) => LogState,
  ): Promise<void> {
    if (this.#name === null || (this.#isPaging && kind !== 'around')) return;
    const name = this.#name;
    this.#isPaging = true;
    const answer = await this.#options.endpoint.ask('log-page', { ...name, at, kind });
    this.#isPaging = false;
    const { log } = this.#options.read();
    if (!answer.ok || answer.value === null || log === null || this.#name !== name) return;
    this.#options.set({ log: apply(log, answer.value) });
  }

  /** After the browser had a chance to draw: a busy page slows the log down, not itself. */
  #acknowledge({ stream, next, isOver }: LogChunk): void {
    if (isOver) return;
    this.#options.after(16, () => {
      this.#options.endpoint.tell('log-ack', { stream, next });
    });
  }
}

function isOf(step: LogStep | null, name: LogName): step is LogStep {
  return step?.task === name.task && step.chunk.attempt === name.attempt;
}
