/** Brings executions into the view file, as often as is useful and no more. */
import type { Disposable } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import type { Result } from '../../model/result.ts';
import type { Clock, Log } from '../ports.ts';
import type { StateFolder } from './state-folder.ts';

/** What a publisher needs. */
export interface ViewPublisherOptions {
  readonly folder: StateFolder;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Finished executions to keep in the view; default 200. */
  readonly keep?: number;
  /** The least time between two writes; default 100. Longer by itself where a write is dear. */
  readonly minIntervalMs?: number;
}

/** Writes at once after a quiet time, then at most every `minIntervalMs`, and always the last state. */
export class ViewPublisher implements Disposable {
  constructor(_options: ViewPublisherOptions) {
    throw new Error('not there yet');
  }

  /** Takes the newest state of an execution; older ones than already given are ignored. */
  publish(_execution: Execution): void {
    throw new Error('not there yet');
  }

  /** Ends when everything published so far is in the view file, or with why it is not. */
  flush(): Promise<Result<void>> {
    throw new Error('not there yet');
  }

  /** Stops without a last write; flush first. */
  dispose(): void {
    throw new Error('not there yet');
  }
}
