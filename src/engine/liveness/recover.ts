/** Marks executions whose owner is proved gone as interrupted. */
import type { Execution } from '../../model/execution.ts';
import type { StateFolder } from '../store/state-folder.ts';

/** The new states of those that were recovered here; losing the race to another process is no error. */
export function recoverInterrupted(
  _folder: StateFolder,
  _executions: readonly Execution[],
): readonly Execution[] {
  throw new Error('not there yet');
}
