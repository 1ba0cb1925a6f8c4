import type { Disposable } from '../../model/disposable.ts';
import { Emitter } from '../../model/disposable.ts';
import { Endpoint } from '../../protocol/endpoint.ts';
import { maxText, taskPageSize } from '../../protocol/limits.ts';
import { maxGroups, type ListRequest } from '../../protocol/list-messages.ts';
import { isSameButRead } from '../../protocol/is-same-but-read.ts';
import {
  toHostGuards,
  toWebviewGuards,
  type Change,
  type Reveal,
  type Standing,
  type ToHost,
  type ToWebview,
} from '../../protocol/messages.ts';
import { describeChanges } from './announce.ts';
import type { HostClock } from './clock.ts';
import { CommandModel } from './command-model.ts';
import { initialState, type DashboardState } from './dashboard-state.ts';
import { changeDetail, openDetail } from './detail-state.ts';
import { LatestRun } from './latest-run.ts';
import { changeWindow, openWindow } from './list-state.ts';
import { HostReads } from './host-reads.ts';
import { LogModel } from './log-model.ts';
import { MarksModel } from './marks-model.ts';
import type { ViewState } from './view-state.ts';

/** What the model needs of the page. */
export interface ModelOptions {
  readonly post: (message: unknown) => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly clock: HostClock;
  readonly view: ViewState;
  /** Keeps the view over reloads. */
  readonly keep: (view: ViewState) => void;
}

type PlaceName =
  | 'isAnalysing'
  | 'compared'
  | 'span'
  | 'listScroll'
  | 'detailScroll'
  | 'isFollowing'
  | 'listShare'
  | 'logShare'
  | 'tab';

/** The webview's side of the channel, and the state the page is drawn from. */
export class DashboardModel implements Disposable {
  readonly #options: ModelOptions;
  readonly #endpoint: Endpoint<ToWebview, ToHost>;
  readonly #changed = new Emitter<DashboardState>();
  readonly #listAsk = new LatestRun<ListRequest>((request) => this.#askList(request));
  readonly #detailAsk = new LatestRun<string | null>((key) => this.#askDetail(key));
  #state: DashboardState;
  #window = { offset: 0, limit: 40 };
  #taskLimit = taskPageSize;
  #revision = -1;
  #isResyncing = false;
  #isSeen = true;
  #wantedIndex: number | null = null;
  #stopKeeping: (() => void) | null = null;

  /** The log that is shown. */
  readonly log: LogModel;
  /** The executions that a command for several is about. */
  readonly marks: MarksModel;
  /** What a person has the extension do. */
  readonly commands: CommandModel;
  /** What parts of the page ask for by themselves. */
  readonly reads: HostReads;

  /** Tells of every new state. */
  readonly onDidChange = this.#changed.event;

  constructor(options: ModelOptions) {
    this.#options = options;
    this.#state = initialState(options.view);
    this.#endpoint = new Endpoint<ToWebview, ToHost>({
      post: options.post,
      after: options.after,
      report: (message) => {
        this.reportProblem(message);
      },
      accepts: toWebviewGuards,
      sends: toHostGuards,
      handlers: {
        change: (change) => this.#applyChange(change),
        'log-chunk': (chunk) => this.log.receive(chunk),
        reveal: (reveal) => this.#reveal(reveal),
      },
    });
    this.reads = new HostReads(this.#endpoint, (failure) => this.#refuse(failure));
    this.commands = new CommandModel({
      endpoint: this.#endpoint,
      read: () => this.#state,
      set: (change) => this.#set(change),
      refuse: (failure) => this.#refuse(failure),
    });
    this.marks = new MarksModel({
      endpoint: this.#endpoint,
      read: () => this.#state,
      set: (change) => this.#set(change),
      listRequest: () => this.#listRequest(),
      refuse: (failure) => this.#refuse(failure),
    });
    this.log = new LogModel({
      endpoint: this.#endpoint,
      after: options.after,
      read: () => this.#state,
      set: (change) => this.#set(change),
      report: (message) => this.reportProblem(message),
      stopFollowing: () => this.#setView({ isFollowing: false }),
    });
  }

  /** What is shown now. */
  get state(): DashboardState {
    return this.#state;
  }

  /** The rows that are asked for. */
  get window(): { readonly offset: number; readonly limit: number } {
    return this.#window;
  }

  /** Takes a message of the extension. */
  receive(message: unknown): void {
    this.#endpoint.receive(message);
  }

  /** Says `ready` and takes the whole picture; also the way back after something was missed. */
  async start(window = this.#window): Promise<void> {
    if (this.#isResyncing) return;
    this.#isResyncing = true;
    this.#window = window;
    const answer = await this.#endpoint.ask('ready', { list: this.#listRequest() });
    this.#isResyncing = false;
    if (!answer.ok) {
      if (answer.error.code !== 'closed') {
        this.#set({ phase: 'lost', problem: answer.error.message });
      }
      return;
    }
    const { revision, standing, list, reveal } = answer.value;
    this.#revision = revision;
    this.#learn(standing);
    if (!this.#isSeen) this.#endpoint.tell('sight', false);
    this.log.forget();
    this.#set({ phase: 'ready', problem: null, list: openWindow(list, this.#state.list) });
    if (reveal !== null) this.#reveal(reveal);
    else this.#showDetail(this.#state.view.selected ?? list.keys[0] ?? null);
  }

  /** Changes what the list shows; it starts at its top again. */
  narrow(
    change: Partial<
      Pick<ViewState, 'filter' | 'query' | 'agent' | 'group' | 'sinceMs' | 'untilMs'>
    >,
  ): void {
    const query = change.query?.slice(0, maxText.query);
    this.#setView({ ...change, ...(query === undefined ? {} : { query }), listScroll: 0 });
    this.#window = { ...this.#window, offset: 0 };
    this.#listAsk.want(this.#listRequest());
  }

  /** Folds the rows of a group away, or shows them again. The list stays where it is. */
  toggleGroup(name: string): void {
    const { folded } = this.#state.view;
    const others = folded.filter((one) => one !== name);
    // Those of days long past make room.
    const more = others.length < folded.length ? others : [...folded, name].slice(-maxGroups);
    this.#setView({ folded: more });
    this.#listAsk.want(this.#listRequest());
  }

  /** Asks for other rows of the list. */
  showWindow(window: { readonly offset: number; readonly limit: number }): void {
    if (window.offset === this.#window.offset && window.limit === this.#window.limit) return;
    this.#window = window;
    this.#listAsk.want(this.#listRequest());
  }

  /** Selects an execution. */
  select(key: string): void {
    this.marks.clear();
    const { isAnalysing, compared } = this.#state.view;
    if (isAnalysing || compared !== null) this.#setView({ isAnalysing: false, compared: null });
    if (key === this.#state.view.selected) return;
    this.#setView({ task: null, attempt: null, expanded: [], detailScroll: 0 });
    this.#set({ logTask: null });
    this.#taskLimit = taskPageSize;
    this.#showDetail(key);
  }

  /** Selects the execution at a place of the list, as soon as its row is there. */
  selectAt(index: number): void {
    const { list } = this.#state;
    const key = list?.keys[index - list.offset];
    this.#wantedIndex = key === undefined ? index : null;
    if (key !== undefined) this.select(key);
  }

  /** Shows two executions beside each other in the place of one. */
  compare(one: string, other: string): void {
    this.#setView({ compared: { one, other }, isAnalysing: false });
    this.marks.clear();
  }

  /** Shows the log of a task, or of one of its attempts. Null: of what happens. */
  showLog(task: string | null, attempt: number | null = null): void {
    this.#setView({ task, attempt });
    this.log.choose();
  }

  /** Shows or hides the attempts of a task. */
  toggleAttempts(task: string): void {
    const { expanded } = this.#state.view;
    this.#setView({
      expanded: expanded.includes(task)
        ? expanded.filter((id) => id !== task)
        : [...expanded, task].slice(-500),
    });
  }

  /** Asks for more tasks of a long execution. */
  showMoreTasks(): void {
    this.#taskLimit += taskPageSize;
    this.#detailAsk.want(this.#state.view.selected);
  }

  /** Remembers where things stand: scrolled, split, following. */
  keepPlace(change: Partial<Pick<ViewState, PlaceName>>): void {
    this.#setView(change);
  }

  /** Hides the message about a refused command. */
  dismissNotice(): void {
    this.#set({ notice: null });
  }

  /** The page came into sight or went out of it: unseen, it is told of changes once a second. */
  setSeen(isSeen: boolean): void {
    this.#isSeen = isSeen;
    this.#endpoint.tell('sight', isSeen);
  }

  /** Tells the extension's log about an error of the page. */
  reportProblem(message: string): void {
    this.#endpoint.tell('problem', message.slice(0, maxText.message));
  }

  /** Ends the channel. */
  dispose(): void {
    this.#stopKeeping?.();
    this.#endpoint.dispose();
    this.#changed.dispose();
  }

  async #askList(request: ListRequest): Promise<void> {
    const answer = await this.#endpoint.ask('list', request);
    if (!answer.ok) return;
    this.#revision = answer.value.revision;
    this.#set({ list: openWindow(answer.value.value, this.#state.list) });
    if (this.#wantedIndex !== null) this.selectAt(this.#wantedIndex);
  }

  async #askDetail(key: string | null): Promise<void> {
    const request = key === null ? null : { key, taskLimit: this.#taskLimit };
    const answer = await this.#endpoint.ask('detail', request);
    if (!answer.ok) return;
    const { revision, value } = answer.value;
    this.#revision = revision;
    const detail = value === null ? null : openDetail(value);
    this.#set({ detail, missing: detail === null ? key : null });
    this.log.choose();
  }

  #applyChange(change: Change): void {
    if (change.base !== this.#revision) {
      if (change.base < this.#revision) {
        this.reportProblem(`refused a late change ${String(change.revision)}`);
      } else {
        this.reportProblem(
          `missed what came between ${String(this.#revision)} and ${String(change.base)}`,
        );
        void this.start();
      }
      return;
    }
    this.#revision = change.revision;
    this.#learn(change.standing);
    const { list, detail } = this.#state;
    if (change.list !== null && list !== null) {
      const changed = changeWindow(list, change.list);
      const announcement = describeChanges(list, changed);
      this.#set({ list: changed, ...(announcement === '' ? {} : { announcement }) });
      const { view, missing } = this.#state;
      if (view.selected === null) this.#showDetail(changed.keys[0] ?? null);
      // The folder may have been read only now.
      else if (missing === view.selected) this.#detailAsk.want(missing);
    }
    if (change.detail !== null && detail !== null) {
      this.#set({ detail: changeDetail(detail, change.detail) });
    }
    if (change.detail !== null || change.log !== null) this.log.choose(change.log);
  }

  #reveal({ key, task, compareWith }: Reveal): void {
    this.select(key);
    if (compareWith !== null) this.compare(key, compareWith);
    if (task !== null) this.#setView({ task, attempt: null });
    this.#showDetail(key);
  }

  #showDetail(key: string | null): void {
    if (key !== this.#state.view.selected) this.#setView({ selected: key });
    this.#detailAsk.want(key);
  }

  #listRequest(): ListRequest {
    const { filter, query, agent, group, sinceMs, untilMs } = this.#state.view;
    const folded = group === 'none' ? [] : this.#state.view.folded;
    return { filter, query, agent, group, folded, sinceMs, untilMs, ...this.#window };
  }

  #learn(standing: Standing): void {
    this.#options.clock.learn(standing.nowMs);
    if (isSameButRead(this.#state.standing, standing)) this.#state = { ...this.#state, standing };
    else this.#set({ standing });
  }

  #refuse({ code, message, hint }: { code: string; message: string; hint?: string }): void {
    if (code !== 'closed') this.#set({ notice: { message, hint: hint ?? null } });
  }

  #setView(change: Partial<ViewState>): void {
    this.#set({ view: { ...this.#state.view, ...change } });
    this.#stopKeeping ??= this.#options.after(200, () => {
      this.#stopKeeping = null;
      this.#options.keep(this.#state.view);
    });
  }

  #set(change: Partial<DashboardState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire(this.#state);
  }
}
