/** Requests of other processes to the owner of an execution: one file each, handed over once. */
import type { Disposable } from '../../model/disposable.ts';
import type { ExecutionRequest } from '../../model/execution.ts';
import type { Result } from '../../model/result.ts';
import type { Clock, Log } from '../ports.ts';
import type { StateFolder } from './state-folder.ts';

/** Puts a request into the inbox of an execution, durably. Codes: `unknown-execution`, `storage`. */
export function sendRequest(
  _folder: StateFolder,
  _id: string,
  _request: Pick<ExecutionRequest, 'type' | 'task' | 'by'>,
): Result<ExecutionRequest> {
  throw new Error('not there yet');
}

/** Hands each request to `handle` once, oldest first, then removes its file. Events plus a poll of 500 ms. */
export function watchInbox(
  _folder: StateFolder,
  _id: string,
  _handle: (request: ExecutionRequest) => void,
  _options?: { readonly clock?: Clock; readonly log?: Log },
): Disposable {
  throw new Error('not there yet');
}
