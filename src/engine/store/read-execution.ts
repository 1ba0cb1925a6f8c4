/** Reads executions from their journals, which are the truth. */
import type { Execution } from '../../model/execution.ts';
import type { Result } from '../../model/result.ts';
import type { StateFolder } from './state-folder.ts';

/** An execution from its journals. Codes: `unknown-execution`, `damaged`, `storage`. */
export function readExecution(_folder: StateFolder, _id: string): Result<Execution> {
  throw new Error('not there yet');
}

/** The id that a unique prefix or `latest` means. Codes: `unknown-execution`, `ambiguous-execution`. */
export function findExecutionId(_folder: StateFolder, _prefixOrLatest: string): Result<string> {
  throw new Error('not there yet');
}

/** Ids on disk, newest first, optionally only those older than `before`; nothing but the folder is read. */
export function listExecutionIds(
  _folder: StateFolder,
  _page?: { readonly before?: string; readonly limit?: number },
): readonly string[] {
  throw new Error('not there yet');
}
