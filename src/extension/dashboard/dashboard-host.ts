import type * as vscode from 'vscode';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import type { Execution, StuckVerdict } from '../../model/execution.ts';
import type { DashboardCommandName } from '../../protocol/command-messages.ts';

/** An execution with the folder it belongs to. */
export interface FolderExecution {
  /** Name of the workspace folder, as shown. */
  readonly folder: string;
  /** Unique over all folders, and the same after a reload of the window. */
  readonly key: string;
  readonly execution: Execution;
}

/** Something wrong that a person should know of. */
export interface DashboardTrouble {
  readonly folder: string;
  readonly message: string;
  readonly hint?: string;
}

/** A command that the dashboard asked for: on the allow-list, its target checked, the workspace trusted where needed. */
export interface DashboardCommand {
  readonly type: DashboardCommandName;
  /** The execution it is about; null for those about none. */
  readonly target: FolderExecution | null;
  /** The task; null is the whole execution. */
  readonly task: string | null;
  /** The attempt whose log to open; null is the newest. */
  readonly attempt: number | null;
}

/** What the dashboard needs of the extension, one for all folders. */
export interface DashboardHost {
  readonly extensionUri: vscode.Uri;
  /** Newest first over all folders; unchanged executions keep their identity. */
  readonly executions: () => readonly FolderExecution[];
  readonly verdicts: () => readonly StuckVerdict[];
  readonly trouble: () => readonly DashboardTrouble[];
  /** Fires when any of the above changed. */
  readonly onDidChange: (listener: () => void) => vscode.Disposable;
  /** Reads the executions, or the workflow files too, from disk now; settles when that is done. */
  readonly refresh: (what: 'executions' | 'all') => Promise<void>;
  readonly refreshIntervalMs: () => number;
  /** Absolute path of a log; null when the execution is not known. */
  readonly logFile: (executionId: string, log: string) => string | null;
  /** Where the execution is stored; null when its folder is gone. */
  readonly stateFolder: (item: FolderExecution) => StateFolder | null;
  /** Where all executions are stored. */
  readonly stateFolders: () => readonly StateFolder[];
  /** A rejection is shown in the dashboard. */
  readonly runCommand: (command: DashboardCommand) => Promise<void>;
  readonly isTrusted: () => boolean;
  /** Whether a page can be seen that is in front in its window. */
  readonly tellSight: (page: object, isSeen: boolean) => void;
  /** A page that is in front was sent a change to draw. */
  readonly tellSent: () => void;
  /** Whether there is a workflow to run. */
  readonly hasAgents: () => boolean;
  /** Lets the person export executions together; a rejection is shown in the dashboard. */
  readonly exportExecutions: (items: readonly FolderExecution[]) => Promise<void>;
}
