import type { NumberedEvent } from '../../engine/store/journal-events.ts';
import type { Result } from '../../model/result.ts';
import type { FilePlace } from '../../protocol/log-messages.ts';
import type { DashboardHost, FolderExecution } from './dashboard-host.ts';
import type { ReadHistory } from './insights-feed.ts';
import type { LogReader } from './log-stream.ts';
import type { After } from './push-pacer.ts';
import type { Words } from './words.ts';

/** What a session reads and asks for: the part of the host that needs no editor. */
export type DashboardSource = Omit<
  DashboardHost,
  'extensionUri' | 'onDidChange' | 'stateFolder' | 'stateFolders' | 'tellSight' | 'tellSent'
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
  /** Told when the page goes out of sight, and when that is over. */
  readonly onSight?: (isSeen: boolean) => void;
  /** Told when the page was sent a change to draw. */
  readonly onSent?: () => void;
  /** English where nothing is said. */
  readonly words?: Words;
}
