/** The only writer of an execution's journal. */
import type { Disposable, Event } from '../../model/disposable.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution, Owner, Timestamp } from '../../model/execution.ts';
import type { Result } from '../../model/result.ts';
import type { StateFolder } from './state-folder.ts';

/** What a commit tells its listeners. */
export interface Committed {
  readonly events: readonly ExecutionEvent[];
  readonly execution: Execution;
}

/** An execution that this process owns. Disposing closes the journal; the ownership stays until someone claims it. */
export interface OwnedExecution extends Disposable {
  readonly folder: StateFolder;
  readonly id: string;
  readonly epoch: number;
  /** The fold of what is durable, plus notes and `touchOutput`. */
  readonly state: Execution;
  /**
   * All events in one write and one sync, or none; on return they are durable and others can see them. Codes:
   * what `applyEvent` refuses (nothing written), `fenced` (another process owns the execution: stop), `storage`
   * (outcome unknown; the next call claims a new epoch, without these events, and goes on).
   */
  commit(events: readonly ExecutionEvent[]): Result<Execution>;
  /** The same without the sync: for what only helps to judge a doubt, such as `task-spawned`. */
  note(events: readonly ExecutionEvent[]): Result<Execution>;
  /** Sets `lastOutputAt` in memory (and so in the view file), never in the journal. Fires nothing. */
  touchOutput(task: string, at: Timestamp): void;
  /** After each commit and note. */
  readonly onDidCommit: Event<Committed>;
  readonly isFenced: boolean;
}

/** Creates the execution on disk. `execution` is epoch 1, seq 0, all tasks pending. Codes: `exists`, `storage`. */
export function createExecution(
  _folder: StateFolder,
  _execution: Execution,
  _workflowText: string,
): Result<OwnedExecution> {
  throw new Error('not there yet');
}

/** Takes over an execution. Codes: `owned` (its owner is not proved gone, or someone was faster), `unknown-execution`, `damaged`, `storage`. */
export function claimExecution(
  _folder: StateFolder,
  _id: string,
  _options: { readonly owner: Owner; readonly why: 'retry' | 'resume' | 'recovery' },
): Result<OwnedExecution> {
  throw new Error('not there yet');
}
