import type { Failure } from '../../model/result.ts';
import { executionActions, type DashboardCommandName } from '../../protocol/command-messages.ts';
import type { Endpoint } from '../../protocol/endpoint.ts';
import type { ToHost, ToWebview } from '../../protocol/messages.ts';
import type { DashboardState } from './dashboard-state.ts';
import { commandTimeoutMs } from './host-reads.ts';

/** What commands need of the model. */
export interface CommandModelOptions {
  readonly endpoint: Pick<Endpoint<ToWebview, ToHost>, 'ask'>;
  readonly read: () => Pick<DashboardState, 'busy' | 'detail' | 'isRefreshing'>;
  readonly set: (change: Partial<Pick<DashboardState, 'busy' | 'isRefreshing' | 'notice'>>) => void;
  readonly refuse: (failure: Failure) => void;
}

/** What a person has the extension do. */
export class CommandModel {
  readonly #options: CommandModelOptions;

  constructor(options: CommandModelOptions) {
    this.#options = options;
  }

  /** Reads everything anew. */
  async refresh(): Promise<void> {
    const { endpoint, read, set, refuse } = this.#options;
    if (read().isRefreshing) return;
    set({ isRefreshing: true });
    const answer = await endpoint.ask('refresh', null);
    set({ isRefreshing: false });
    if (!answer.ok) refuse(answer.error);
  }

  /** Asks the extension to do something, about the selected execution where the command has one. */
  async run(
    command: DashboardCommandName,
    task: string | null = null,
    attempt: number | null = null,
  ): Promise<void> {
    const { endpoint, read, set, refuse } = this.#options;
    const isGeneral = !(executionActions as readonly string[]).includes(command);
    const key = isGeneral ? null : (read().detail?.key ?? null);
    const name = busyName(command, task);
    if (read().busy.includes(name)) return;
    set({ busy: [...read().busy, name], notice: null });
    const body = { command, key, task, attempt };
    const answer = await endpoint.ask('command', body, commandTimeoutMs);
    set({ busy: read().busy.filter((other) => other !== name) });
    if (!answer.ok) refuse(answer.error);
  }

  /** Opens a file that the log names. */
  async openFile(path: string, line: number, column: number): Promise<void> {
    const { endpoint, read, refuse } = this.#options;
    const key = read().detail?.key;
    if (key === undefined) return;
    const answer = await endpoint.ask('open-file', { key, path, line, column });
    if (!answer.ok) refuse(answer.error);
  }
}

/** How a command under way is named in `busy`. */
export function busyName(command: DashboardCommandName, task: string | null): string {
  return task === null ? command : `${command} ${task}`;
}
