import type { ExecutionChange } from '../../engine/run/engine-options.ts';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import type { Disposable } from '../../model/disposable.ts';
import type { Execution, StuckVerdict } from '../../model/execution.ts';
import type { Terminal } from '../terminal.ts';

/** Tells a person or a program what happens to one execution. */
export interface RunReporter extends Disposable {
  /** After each commit of the engine. */
  change(change: ExecutionChange): void;
  /** The stuck verdicts that stand now. */
  stuck(verdicts: readonly StuckVerdict[]): void;
  /** Something that the user did, for example the first Ctrl-C. */
  notice(text: string): void;
  /** The end: everything that is still to be said. */
  finish(execution: Execution): Promise<void>;
}

/** What every reporter is made from. */
export interface ReporterOptions {
  readonly terminal: Terminal;
  readonly folder: StateFolder;
  readonly execution: Execution;
}
