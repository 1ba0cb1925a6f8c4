import type { Failure } from '../../model/result.ts';
import type { Endpoint } from '../../protocol/endpoint.ts';
import type { ListRequest } from '../../protocol/list-messages.ts';
import type { ToHost, ToWebview } from '../../protocol/messages.ts';
import type { DashboardState } from './dashboard-state.ts';
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
export declare class MarksModel {
  #private;
  constructor(options: MarksOptions);
  /** Adds an execution to those that are marked, or takes it out. The selected one is the first of them. */
  toggle(key: string): void;
  /** Marks all rows from the selected one to this one, also those that were never scrolled to. */
  markTo(key: string): Promise<void>;
  /** Marks none. */
  clear(): void;
  /** Asks for a command about each of some executions, one after the other; the first refusal is told. */
  runForAll(command: 'cancel' | 'retry' | 'resume', keys: readonly string[]): Promise<void>;
  /** Writes all that are marked to one file that the person chooses. */
  exportAll(): Promise<void>;
}
