import type { ExecutionStatus } from '../../model/status.ts';
import type { Failure } from '../../model/result.ts';
import type { Endpoint } from '../../protocol/endpoint.ts';
import type { ListRequest } from '../../protocol/list-messages.ts';
import { maxMarks } from '../../protocol/mark-messages.ts';
import type { ToHost, ToWebview } from '../../protocol/messages.ts';
import type { DashboardState } from './dashboard-state.ts';
import { commandTimeoutMs } from './host-reads.ts';
import { toggleMarked } from './marks.ts';
import { t } from '../language/page-language.ts';

/** What marking needs of the model around it. */
export interface MarksOptions {
  readonly endpoint: Pick<Endpoint<ToWebview, ToHost>, 'ask'>;
  readonly read: () => DashboardState;
  readonly set: (change: Partial<DashboardState>) => void;
  /** The list as it is narrowed and ordered now. */
  readonly listRequest: () => ListRequest;
  readonly refuse: (failure: Failure) => void;
}

/** Executions that are marked to do something with all of them. */
export class MarksModel {
  readonly #options: MarksOptions;

  constructor(options: MarksOptions) {
    this.#options = options;
  }

  /** Adds an execution to those that are marked, or takes it out. The selected one is the first of them. */
  toggle(key: string): void {
    const { marked, view } = this.#options.read();
    const after = toggleMarked(marked, view.selected, key);
    if (after.length > maxMarks) this.#tellMost();
    else this.#mark(after, new Map());
  }

  /** Marks all rows from the selected one to this one, also those that were never scrolled to. */
  async markTo(key: string): Promise<void> {
    const { endpoint, listRequest, read, refuse } = this.#options;
    const request = { list: listRequest(), from: read().view.selected, to: key };
    const answer = await endpoint.ask('mark-range', request);
    if (!answer.ok) {
      refuse(answer.error);
      return;
    }
    const { marks, total } = answer.value;
    this.#mark(
      marks.map((mark) => mark.key),
      new Map(marks.map((mark) => [mark.key, mark.status])),
    );
    if (total > marks.length) this.#tellMost();
  }

  /** Marks none. */
  clear(): void {
    if (this.#options.read().marked.length > 0) {
      this.#options.set({ marked: [], markedStatus: new Map() });
    }
  }

  /** Asks for a command about each of some executions, one after the other; the first refusal is told. */
  async runForAll(command: 'cancel' | 'retry' | 'resume', keys: readonly string[]): Promise<void> {
    await this.#whileBusy(`all ${command}`, async () => {
      for (const key of keys) {
        const body = { command, key, task: null, attempt: null };
        const answer = await this.#options.endpoint.ask('command', body, commandTimeoutMs);
        if (!answer.ok) this.#options.refuse(answer.error);
        if (!answer.ok && answer.error.code === 'closed') break;
      }
      this.clear();
    });
  }

  /** Writes all that are marked to one file that the person chooses. */
  async exportAll(): Promise<void> {
    await this.#whileBusy('all export', async () => {
      const { marked } = this.#options.read();
      const answer = await this.#options.endpoint.ask('export', marked, commandTimeoutMs);
      if (!answer.ok) this.#options.refuse(answer.error);
    });
  }

  async #whileBusy(name: string, work: () => Promise<void>): Promise<void> {
    const { read, set } = this.#options;
    if (read().busy.includes(name)) return;
    set({ busy: [...read().busy, name], notice: null });
    await work();
    set({ busy: read().busy.filter((other) => other !== name) });
  }

  /** With the states that are known now: rows that are scrolled away are forgotten, what is marked is not. */
  #mark(marked: readonly string[], learnt: ReadonlyMap<string, ExecutionStatus>): void {
    const { list, detail, markedStatus } = this.#options.read();
    const statuses = new Map<string, ExecutionStatus>();
    for (const key of marked) {
      const status =
        list?.rows.get(key)?.status ??
        learnt.get(key) ??
        markedStatus.get(key) ??
        (detail?.key === key ? detail.head.status : undefined);
      if (status !== undefined) statuses.set(key, status);
    }
    this.#options.set({ marked, markedStatus: statuses });
  }

  #tellMost(): void {
    const message = t('At most {0} executions are marked at once.', maxMarks);
    this.#options.set({ notice: { message, hint: t('Narrow the list to reach the others.') } });
  }
}
