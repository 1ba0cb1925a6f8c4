import type { Disposable } from '../../model/disposable.ts';
import { messageOf, type Result } from '../../model/result.ts';
import type { CommandRequest } from '../../protocol/command-messages.ts';
import type { Detail, DetailRequest } from '../../protocol/detail-messages.ts';
import { Endpoint } from '../../protocol/endpoint.ts';
import { maxMessageBytes } from '../../protocol/limits.ts';
import type { ListRequest, ListWindow } from '../../protocol/list-messages.ts';
import type {
  FilePlace,
  LogSearchRequest,
  LogSearchResult,
  LogStep,
} from '../../protocol/log-messages.ts';
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
import type { CompareRequest } from '../../protocol/compare-messages.ts';
import { checkCommand } from './check-command.ts';
import type { DashboardHost, FolderExecution } from './dashboard-host.ts';
import { DetailDiff } from './detail-diff.ts';
import { groupVerdicts } from './execution-facts.ts';
import { jsonBytes } from './fit-text.ts';
import { insightsCsv } from './insights-csv.ts';
import { InsightsFeed, type ReadHistory } from './insights-feed.ts';
import { ListDiff } from './list-diff.ts';
import { pageList, type ListPage, type SearchTexts } from './list-page.ts';
import { LogFeed } from './log-feed.ts';
import { markRange } from './mark-range.ts';
import { LogSearch } from './log-search.ts';
import type { LogReader } from './log-stream.ts';
import { pageEvents, toDataValues } from './page-events.ts';
import { PushPacer, type After } from './push-pacer.ts';
import { inOrderOfTime, toComparison } from './to-comparison.ts';
import { goneExecution, refused } from './refuse.ts';
import { toStanding } from './to-standing.ts';
import { usualDurations } from './usual-durations.ts';
import type { NumberedEvent } from '../../engine/store/journal-events.ts';
import { inEnglishWords, type Words } from './words.ts';

/** What a session reads and asks for: the part of the host that needs no editor. */
export type DashboardSource = Omit<
  DashboardHost,
  'extensionUri' | 'onDidChange' | 'stateFolder' | 'stateFolders'
>;

/** What a session needs of its surroundings. */
export interface SessionOptions {
  readonly source: DashboardSource;
  readonly reader: LogReader;
  /** Hands a message to the webview. */
  readonly post: (message: unknown) => void;
  /** Everything that happened to the execution. */
  readonly readEvents: (item: FolderExecution) => readonly NumberedEvent[];
  readonly readHistory: ReadHistory;
  /** Lets the person save a text as a file. */
  readonly saveText: (name: string, text: string) => Promise<void>;
  /** Opens a file that a log of the execution names. */
  readonly openFile: (item: FolderExecution, place: FilePlace) => Promise<Result<null>>;
  /** Opens the workflow texts of two executions beside each other, the earlier one on the left. */
  readonly openDiff: (before: FolderExecution, after: FolderExecution) => Promise<Result<null>>;
  /** Told about refused messages and errors. */
  readonly report: (message: string) => void;
  readonly after: After;
  readonly nowMs: () => number;
  /** English where nothing is said. */
  readonly words?: Words;
}

/** Room for the envelope and small facts around the rows. */
const rowBudget = maxMessageBytes - 1024;

/**
 * The extension's side of one dashboard. It knows what the webview looks at and has, and sends what changed: at once
 * after a quiet time, else at most ten messages a second. While the webview is hidden it does nothing.
 */
export class DashboardSession implements Disposable {
  readonly #options: SessionOptions;
  readonly #endpoint: Endpoint<ToHost, ToWebview>;
  readonly #texts: SearchTexts = new WeakMap();
  readonly #search: LogSearch;
  readonly #insights: InsightsFeed;
  #pacer: PushPacer;
  #log: LogFeed | null = null;
  #list: { readonly diff: ListDiff; readonly request: ListRequest } | null = null;
  #detail: DetailDiff | null = null;
  /** The webview lacks rows that did not fit: it would choose another log. */
  #isBehind = false;
  #reveal: Reveal | null = null;
  #revision = 0;
  #readMs: number;
  #refreshProblem: string | null = null;
  #stopTimer: (() => void) | null = null;
  #isDisposed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#search = new LogSearch(options.reader.range);
    this.#insights = new InsightsFeed(options.readHistory, options.nowMs);
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
        ready: ({ list }) => this.#open(list),
        list: (request) => this.#openList(request),
        detail: (request) => this.#openDetail(request),
        log: (target) => this.#log?.open(target) ?? null,
        'log-page': (request) => this.#log?.readPage(request) ?? null,
        'log-search': (request) => this.#searchLog(request),
        'open-file': (place) => this.#openFile(place),
        events: ({ key, before }) => {
          const item = this.#find(key);
          if (item === undefined) return null;
          return pageEvents(options.readEvents(item), before, options.words);
        },
        values: (key) => {
          const item = this.#find(key);
          return item === undefined ? null : toDataValues(item.execution);
        },
        insights: (request) => this.#insights.answer(options.source.executions(), request),
        'export-insights': async (request) => {
          const insights = await this.#insights.answer(options.source.executions(), request);
          await options.saveText('agent-executor.csv', insightsCsv(insights));
          return null;
        },
        compare: (request) => {
          const pair = this.#pair(request);
          return pair === null ? null : toComparison(...pair, options.words);
        },
        'compare-workflows': (request) => this.#compareWorkflows(request),
        'mark-range': ({ list, from, to }) => {
          const all = { ...list, offset: 0, limit: Number.MAX_SAFE_INTEGER };
          return markRange(this.#page(all).items, { from, to });
        },
        export: async (keys) => {
          const items = keys.flatMap((key) => this.#find(key) ?? []);
          if (items.length === 0) throw refused(goneExecution, options.words);
          await options.source.exportExecutions(items);
          return null;
        },
        command: (request) => this.#runCommand(request),
        refresh: async () => {
          await this.#refresh();
          return null;
        },
        'log-ack': ({ stream, next }) => this.#log?.acknowledge(stream, next),
        problem: (message) => {
          options.report(`in the dashboard: ${message}`);
        },
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
    this.#push();
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
      if (this.#isBehind) this.#pushSoon();
    }
    return { revision: this.#nextRevision(), value };
  }

  /** Looks up what changed when its turn comes, so that a burst of changes is one message. */
  #push(): void {
    if (this.#list === null) return;
    this.#pacer.request('change', () => this.#sendChange());
  }

  /** After the answer that is being made: a change that overtook it would be refused. */
  #pushSoon(): void {
    this.#options.after(0, () => {
      this.#push();
    });
  }

  /** With what it means for the log; a log that cannot be read holds no change back. */
  #sendChange(): Promise<void> | void {
    const feed = this.#log;
    const item = this.#isBehind ? undefined : this.#shownItem();
    const stuck = item === undefined ? [] : this.#verdictsOf(item);
    const isStuck = (task: string): boolean => stuck.some((verdict) => verdict.task === task);
    const step = item === undefined ? null : (feed?.follow(item, isStuck) ?? null);
    if (step === null) this.#tellChange(null);
    else {
      const orNone = step.catch(() => null);
      return orNone.then((log) => this.#tellChange(feed === this.#log ? log : null));
    }
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
    const detail =
      this.#detail?.changes(
        item,
        item === undefined ? [] : this.#verdictsOf(item),
        source.isTrusted(),
        budget - (list === null ? 0 : jsonBytes(list.change)),
      ) ?? null;
    const base = this.#revision;
    this.#endpoint.tell('change', {
      base,
      revision: this.#nextRevision(),
      standing,
      list: list?.change ?? null,
      detail: detail?.change ?? null,
      log,
    });
    this.#isBehind = detail?.isMore === true;
    if (list?.isMore === true || this.#isBehind) this.#push();
  }

  #scheduleRefresh(): void {
    this.#stopTimer?.();
    this.#stopTimer = this.#options.after(this.#options.source.refreshIntervalMs(), () => {
      void this.#refresh().then(() => {
        if (this.#list !== null && !this.#isDisposed) this.#scheduleRefresh();
      });
    });
  }

  async #refresh(): Promise<void> {
    try {
      await this.#options.source.refresh();
      this.#readMs = this.#options.nowMs();
      this.#refreshProblem = null;
    } catch (thrown) {
      this.#refreshProblem = messageOf(thrown);
      this.#options.report(`refresh failed: ${this.#refreshProblem}`);
    }
    this.#push();
  }

  async #runCommand(request: CommandRequest): Promise<null> {
    const { source } = this.#options;
    const target = request.key === null ? null : (this.#find(request.key) ?? null);
    const checked = checkCommand(request, target, source.isTrusted());
    if (!checked.ok) throw refused(checked.error, this.#options.words);
    await source.runCommand(checked.value);
    return null;
  }

  async #searchLog(request: LogSearchRequest): Promise<LogSearchResult> {
    const file = this.#log?.fileOf(request) ?? null;
    if (file === null) return { total: 0, isCapped: false, found: null };
    return this.#search.find(file, request);
  }

  async #compareWorkflows(request: CompareRequest): Promise<null> {
    const pair = this.#pair(request);
    if (pair === null) throw refused(goneExecution, this.#options.words);
    const opened = await this.#options.openDiff(...inOrderOfTime(...pair));
    if (!opened.ok) throw refused(opened.error, this.#options.words);
    return null;
  }

  #pair({ one, other }: CompareRequest): readonly [FolderExecution, FolderExecution] | null {
    const pair = [this.#find(one), this.#find(other)] as const;
    return pair[0] === undefined || pair[1] === undefined ? null : [pair[0], pair[1]];
  }

  async #openFile(place: FilePlace): Promise<null> {
    const item = this.#find(place.key);
    if (item === undefined) throw refused(goneExecution, this.#options.words);
    const opened = await this.#options.openFile(item, place);
    if (!opened.ok) throw refused(opened.error, this.#options.words);
    return null;
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
    return this.#options.source.executions().find((item) => item.key === key);
  }

  #verdictsOf({ execution }: FolderExecution): ReturnType<DashboardSource['verdicts']> {
    return this.#options.source.verdicts().filter((verdict) => verdict.execution === execution.id);
  }

  #nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }
}
