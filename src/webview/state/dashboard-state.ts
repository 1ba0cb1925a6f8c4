import type { ExecutionStatus } from '../../model/status.ts';
import type { Standing } from '../../protocol/messages.ts';
import type { DetailState } from './detail-state.ts';
import type { ListState } from './list-state.ts';
import { noFind, type FindState } from './log-model.ts';
import type { LogState } from './log-state.ts';
import type { ViewState } from './view-state.ts';

/** Everything the page shows. Parts that did not change keep their identity. */
export interface DashboardState {
  /** `lost`: the extension does not answer; `problem` says more. */
  readonly phase: 'loading' | 'ready' | 'lost';
  readonly problem: string | null;
  readonly standing: Standing | null;
  readonly view: ViewState;
  readonly list: ListState | null;
  readonly detail: DetailState | null;
  /** The selected execution, where the extension knows of none such. */
  readonly missing: string | null;
  /** Keys of the executions that a command for several is about; empty: there is no such choice. */
  readonly marked: readonly string[];
  /** Their states as they were when they were marked, for those that are not near the screen. */
  readonly markedStatus: ReadonlyMap<string, ExecutionStatus>;
  /** The task whose log is shown: chosen by the person, or by what happens. */
  readonly logTask: string | null;
  readonly log: LogState | null;
  /** The extension was asked for a log and has not answered. */
  readonly isReadingLog: boolean;
  readonly find: FindState;
  readonly isRefreshing: boolean;
  /** Commands that were asked for and are not answered yet. */
  readonly busy: readonly string[];
  /** Why the last command was refused. */
  readonly notice: { readonly message: string; readonly hint: string | null } | null;
  /** For screen readers. */
  readonly announcement: string;
}

/** The page before the first answer. */
export function initialState(view: ViewState): DashboardState {
  return {
    phase: 'loading',
    problem: null,
    standing: null,
    view,
    list: null,
    detail: null,
    missing: null,
    marked: [],
    markedStatus: new Map(),
    logTask: null,
    log: null,
    isReadingLog: false,
    find: noFind,
    isRefreshing: false,
    busy: [],
    notice: null,
    announcement: '',
  };
}

/** Whether what is selected was removed, before this page was loaded or while it shows it. */
export function isSelectedGone({ view, detail, missing }: DashboardState): boolean {
  if (view.selected === null) return false;
  return missing === view.selected || (detail?.key === view.selected && detail.isGone);
}
