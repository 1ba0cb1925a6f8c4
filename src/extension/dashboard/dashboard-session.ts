import type { Disposable } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { Detail, DetailRequest } from '../../protocol/detail-messages.ts';
import { Endpoint } from '../../protocol/endpoint.ts';
import { isSameButRead } from '../../protocol/is-same-but-read.ts';
import { maxMessageBytes } from '../../protocol/limits.ts';
import type { ListRequest, ListWindow } from '../../protocol/list-messages.ts';
import type { LogStep } from '../../protocol/log-messages.ts';
import {
  toHostGuards,
  toWebviewGuards,
  type Reveal,
  type Revised,
  type Snapshot,
  type Standing,
  type ToHost,
  type ToWebview,
} from '../../protocol/messages.ts';
import { answerAsks, findExecution } from './answer-asks.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { DetailDiff } from './detail-diff.ts';
import { groupVerdicts } from './execution-facts.ts';
import { jsonBytes } from './fit-text.ts';
import { ListDiff } from './list-diff.ts';
import { pageList, type ListPage, type SearchTexts } from './list-page.ts';
import { LogFeed, logTurn } from './log-feed.ts';
import { PushPacer, type Send } from './push-pacer.ts';
import type { DashboardSource, SessionOptions } from './session-options.ts';
import { toStanding } from './to-standing.ts';
import { usualDurations } from './usual-durations.ts';
import { inEnglishWords } from './words.ts';

/** Room for the envelope and small facts around the rows. */
const rowBudget = maxMessageBytes - 1024;

/** A page says how old its picture is from five seconds on: it hears before that that it is no older. */
const freshMs = 4500;

/**
 * The extension's side of one dashboard. It knows what the webview looks at and has, and sends what changed: at once
 * after a quiet time, else at most ten messages a second. While the webview is hidden it does nothing.
 */
export class DashboardSession implements Disposable {
  readonly #options: SessionOptions;
  readonly #endpoint: Endpoint<ToHost, ToWebview>;
  readonly #texts: SearchTexts = new WeakMap();
  #pacer: PushPacer;
  #log: LogFeed | null = null;
  #list: { readonly diff: ListDiff; readonly request: ListRequest } | null = null;
  #detail: DetailDiff | null = null;
  /** The webview was told that the execution it shows is over. */
  #isEndTold = false;
  /** The webview lacks rows that did not fit: it would choose another log. */
  #isBehind = false;
  #reveal: Reveal | null = null;
  #revision = 0;
  #readMs: number;
  /** What the webview knows of the whole. */
  #told: Standing | null = null;
  /** Something changed of which no row and no detail tells: a comparison may show it. */
  #hasNews = false;
  /** The webview is to hear when it was read, also when there is nothing else to say. */
  #isReadWanted = false;
  #refreshProblem: string | null = null;
  #stopTimer: (() => void) | null = null;
  #isDisposed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#readMs = options.nowMs();
    this.#pacer = new PushPacer(options);
    this.#endpoint = new Endpoint<ToHost, ToWebview>({
      post: (message) => {
        this.#pacer.count();
        options.post(message);
      },
      report: options.report,
      after: options.after,
      accepts: toHostGuards,
      sends: toWebviewGuards,
      handlers: {
        ...answerAsks(options, {
          feed: () => this.#log,
          page: (request) => this.#page(request),
        }),
        ready: ({ list }) => this.#open(list),
        list: (request) => this.#openList(request),
        detail: (request) => this.#openDetail(request),
        log: (target) => this.#log?.open(target) ?? null,
        refresh: async () => {
          this.#isReadWanted = true;
          await this.#refresh('all');
          return null;
        },
        sight: (isSeen) => this.#see(isSeen),
        'log-ack': ({ stream, next }) => this.#log?.acknowledge(stream, next),
      },
    });
  }

  /** Takes a message of the webview. */
  receive(message: unknown): void {
    this.#endpoint.receive(message);
  }

  /** Something that the source holds has changed. */
  sourceChanged(): void {
    this.#readMs = this.#options.nowMs();
    this.#hasNews = true;
    // Of an execution that is over nothing follows.
    this.#push(!this.#isEndTold && isOver(this.#shownItem()));
  }

  /** The webview went away for now; it says `ready` again when it is back. */
  hidden(): void {
    this.#list = null;
    this.#detail = null;
    this.#log?.dispose();
    this.#log = null;
    this.#pacer.dispose();
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#options.onSight?.(true);
  }

  /** Shows an execution: now, or as soon as the webview is ready. */
  reveal(reveal: Reveal): void {
    if (this.#list === null) this.#reveal = reveal;
    else this.#endpoint.tell('reveal', reveal);
  }

  /** Ends the session. */
  dispose(): void {
    this.#isDisposed = true;
    this.hidden();
    this.#endpoint.dispose();
  }

  #open(request: ListRequest): Snapshot {
    this.hidden();
    this.#pacer = new PushPacer(this.#options);
    const { source, reader, after } = this.#options;
    this.#log = new LogFeed({
      source,
      reader,
      after,
      pacer: this.#pacer,
      send: (chunk) => {
        this.#endpoint.tell('log-chunk', chunk);
      },
    });
    const standing = this.#standing();
    this.#told = standing;
    const { revision, value } = this.#openList(request, rowBudget - jsonBytes(standing));
    const reveal = this.#reveal;
    this.#reveal = null;
    this.#scheduleRefresh();
    return { revision, standing, list: value, reveal };
  }

  #openList(request: ListRequest, budget = rowBudget): Revised<ListWindow> {
    const diff = new ListDiff(this.#options.words?.tell);
    this.#list = { diff, request };
    const stuck = groupVerdicts(this.#options.source.verdicts());
    const value = diff.open(this.#page(request), stuck, budget);
    if (value.rows.length < value.keys.length) this.#pushSoon();
    return { revision: this.#nextRevision(), value };
  }

  #openDetail(request: DetailRequest | null): Revised<Detail | null> {
    this.#detail = null;
    this.#isBehind = false;
    const item = request === null ? undefined : this.#find(request.key);
    let value: Detail | null = null;
    if (request !== null && item !== undefined) {
      const usual = usualDurations(item, this.#options.source.executions());
      const { key, taskLimit } = request;
      this.#detail = new DetailDiff(key, taskLimit, usual, this.#options.words?.tell);
      value = this.#detail.open(
        item,
        this.#verdictsOf(item),
        this.#options.source.isTrusted(),
        rowBudget,
      );
      const wanted = Math.min(request.taskLimit, item.execution.tasks.length);
      this.#isBehind = value.tasks.length < wanted;
      this.#isEndTold = isOver(item);
      if (this.#isBehind) this.#pushSoon();
    }
    return { revision: this.#nextRevision(), value };
  }

  /** Looks up what changed when its turn comes, so that a burst of changes is one message. */
  #push(isLast = false): void {
    if (this.#list === null) return;
    const send: Send = (isLogWanted) => this.#sendChange(isLogWanted);
    this.#pacer.request('change', send, { along: logTurn, isLast });
  }

  /** The last word of a page that is gone may come late: it would hold for a window that is seen. */
  #see(isSeen: boolean): void {
    if (this.#list === null) return;
    this.#pacer.setSeen(isSeen);
    this.#options.onSight?.(isSeen);
  }

  /** After the answer that is being made: a change that overtook it would be refused. */
  #pushSoon(): void {
    this.#options.after(0, () => {
      this.#push();
    });
  }

  /** With what it means for the log, and with the next piece of that where one was about to be sent. */
  #sendChange(isLogWanted: boolean): Promise<void> | void {
    const feed = this.#log;
    const item = this.#isBehind ? undefined : this.#shownItem();
    const stuck = item === undefined ? [] : this.#verdictsOf(item);
    const isStuck = (task: string): boolean => stuck.some((verdict) => verdict.task === task);
    const step = item === undefined ? null : (feed?.follow(item, isStuck, isLogWanted) ?? null);
    if (step === null) {
      this.#tellChange(null);
      if (isLogWanted) feed?.goOn();
    } else return step.then((log) => this.#tellChange(feed === this.#log ? log : null));
  }

  #tellChange(log: LogStep | null): void {
    if (this.#list === null) return;
    const { source } = this.#options;
    const standing = this.#standing();
    const budget = rowBudget - jsonBytes(standing) - jsonBytes(log);
    const list = this.#list.diff.changes(
      this.#page(this.#list.request),
      groupVerdicts(source.verdicts()),
      this.#detail === null ? budget : budget / 2,
    );
    const item = this.#shownItem();
    this.#isEndTold = isOver(item);
    const detail =
      this.#detail?.changes(
        item,
        item === undefined ? [] : this.#verdictsOf(item),
        source.isTrusted(),
        budget - (list === null ? 0 : jsonBytes(list.change)),
      ) ?? null;
    this.#isBehind = detail?.isMore === true;
    const isNothing = list === null && detail === null && log === null;
    if (isNothing && !this.#isReadWanted && isSameButRead(this.#told, standing)) return;
    this.#told = standing;
    this.#hasNews = false;
    this.#isReadWanted = false;
    const base = this.#revision;
    this.#endpoint.tell('change', {
      base,
      revision: this.#nextRevision(),
      standing,
      list: list?.change ?? null,
      detail: detail?.change ?? null,
      log,
    });
    this.#options.onSent?.();
    if (list?.isMore === true || this.#isBehind) this.#push();
  }

  #scheduleRefresh(): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#options.after(this.#options.source.refreshIntervalMs(), () => {
      void this.#refresh('executions').then(() => {
        if (this.#list !== null && !this.#isDisposed) this.#scheduleRefresh();
      });
    });
  }

  async #refresh(what: 'executions' | 'all'): Promise<void> {
    const { source } = this.#options;
    try {
      await source.refresh(what);
      this.#readMs = this.#options.nowMs();
      this.#refreshProblem = null;
    } catch (thrown) {
      this.#refreshProblem = messageOf(thrown);
      this.#options.report(`refresh failed: ${this.#refreshProblem}`);
    }
    const nextAgeMs = this.#readMs + source.refreshIntervalMs() - (this.#told?.readMs ?? 0);
    if (this.#hasNews || nextAgeMs > freshMs) this.#isReadWanted = true;
    this.#push();
  }

  #standing(): Standing {
    const { source, nowMs } = this.#options;
    const { t } = this.#options.words ?? inEnglishWords;
    const failure = this.#refreshProblem;
    const problem = failure === null ? null : t('Could not refresh: {0}', failure);
    return toStanding(source, { nowMs: nowMs(), readMs: this.#readMs, problem });
  }

  #page(request: ListRequest): ListPage {
    const { source } = this.#options;
    const stuck = groupVerdicts(source.verdicts());
    return pageList(source.executions(), stuck, request, this.#texts);
  }

  #shownItem(): FolderExecution | undefined {
    return this.#detail === null ? undefined : this.#find(this.#detail.key);
  }

  #find(key: string): FolderExecution | undefined {
    return findExecution(this.#options.source, key);
  }

  #verdictsOf({ execution }: FolderExecution): ReturnType<DashboardSource['verdicts']> {
    return this.#options.source.verdicts().filter((verdict) => verdict.execution === execution.id);
  }

  #nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }
}

function isOver(item: FolderExecution | undefined): boolean {
  return item !== undefined && isExecutionOver(item.execution.status);
}
