import type { Disposable } from '../../../model/disposable.ts';
import type { ProcessEnvironment } from '../environment.ts';

/** A program that is to lead a process group of its own, with nothing to read and its output in a log. */
export interface ProcessRequest {
  /** Absolute path of the program. */
  readonly file: string;
  readonly args: readonly string[];
  /** Arguments are passed as one line (Windows). */
  readonly isVerbatim: boolean;
  readonly folder: string;
  /** All that it gets. */
  readonly environment: ProcessEnvironment;
  /** Those of its variables by which it and what it starts are found again. */
  readonly variables: Readonly<Record<string, string>>;
  /** Absolute path; it is appended to. */
  readonly logFile: string;
  /** What must not get into the log. */
  readonly secretWords: readonly string[];
}

/** How a process ended; `unknown` is only said of one that is over. */
export type ProcessExit =
  | {
      readonly kind: 'known';
      readonly code: number | null;
      readonly signal: string | null;
      /** Nobody is left in its group; false where that was not looked at. */
      readonly isAlone: boolean;
    }
  | { readonly kind: 'unknown'; readonly message: string };

/** Is told of one process: of its failure to start, or of its start and then its end. */
export interface ProcessWatcher {
  /** It exists and leads its group. `startTime` is in the platform's words, null where that is dear to know. */
  readonly onSpawned: (pid: number, startTime: string | null) => void;
  /** It does not exist; `message` says why, without saying of what. */
  readonly onFailed: (message: string) => void;
  readonly onExit: (exit: ProcessExit) => void;
}

/** A process that was asked for. */
export interface RequestedProcess {
  /** Ends when its last output is in the log; null where it writes the log itself. */
  readonly flushed: Promise<void> | null;
  /** Kills it where the watcher was not told of it yet, and tells the watcher nothing any more. */
  drop(): void;
}

/** A process that exists, with its log open, but is not the program that was asked for until it is let go. */
export interface HeldProcess extends RequestedProcess {
  letGo(): void;
}

/** A way to start processes. Disposing starts no more and leaves those that run as they are. */
export interface ProcessStarter extends Disposable {
  /** May tell the watcher that it was spawned, but nothing else, before it returns. Throws what cannot be started. */
  start(request: ProcessRequest, watcher: ProcessWatcher): RequestedProcess;
}
