/** Several executions at once: those between two rows of the list, whether or not the webview has them. */
import { executionStatuses, type ExecutionStatus } from '../model/status.ts';
import { count, listOf, nullable, oneOf, shape, text, type Guard } from './guard.ts';
import { maxText } from './limits.ts';
import { isListRequest, type ListRequest } from './list-messages.ts';

/** The most executions that are marked at once: their keys have to fit into one message. */
export const maxMarks = 100;

/** The rows from one to another in the list as it is narrowed and ordered; `from` null is its first. */
export interface MarkRequest {
  readonly list: ListRequest;
  readonly from: string | null;
  readonly to: string;
}

/** An execution that is marked. */
export interface Mark {
  readonly key: string;
  readonly status: ExecutionStatus;
}

/** The first of the rows, beginning at `from`; `total` are between the two. */
export interface MarkRange {
  readonly marks: readonly Mark[];
  readonly total: number;
}

/** Accepts a request for the rows between two. */
export const isMarkRequest: Guard<MarkRequest> = shape<MarkRequest>({
  list: isListRequest,
  from: nullable(text(maxText.key)),
  to: text(maxText.key),
});

/** Accepts the rows between two. */
export const isMarkRange: Guard<MarkRange> = shape<MarkRange>({
  marks: listOf(
    shape<Mark>({ key: text(maxText.key), status: oneOf(executionStatuses) }),
    maxMarks,
  ),
  total: count(),
});

/** Accepts keys of executions to be exported together. */
export const isMarkedKeys: Guard<readonly string[]> = listOf(text(maxText.key), maxMarks);
