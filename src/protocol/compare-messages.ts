/** Two executions side by side: compared by the host, so that a message is small however long the two are. */
import { taskStatuses, type TaskStatus } from '../model/status.ts';
import { count, flag, listOf, nullable, oneOf, shape, text, type Guard } from './guard.ts';
import { maxText } from './limits.ts';
import { isListRow, type ListRow } from './list-messages.ts';

/** Keys of two executions, in any order. */
export interface CompareRequest {
  readonly one: string;
  readonly other: string;
}

/** What became of a task in one of the two. */
export interface ComparedSideRow {
  readonly status: TaskStatus;
  readonly attempt: number;
  readonly durationMs: number | null;
}

/** A task of either. */
export interface ComparedTaskRow {
  readonly id: string;
  readonly name: string;
  readonly before: ComparedSideRow | null;
  readonly after: ComparedSideRow | null;
  readonly isDifferent: boolean;
}

/** A value that differs; null is a side that has none. */
export interface ComparedValueRow {
  readonly kind: 'source' | 'input' | 'output' | 'task-output';
  readonly task: string | null;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** All that differs. `before` is the execution that was created earlier. */
export interface ComparePage {
  readonly before: ListRow;
  readonly after: ListRow;
  /** Where they part, in words. */
  readonly summary: string;
  /** Id of the task where they part. */
  readonly divergence: string | null;
  /** Null: not on record. */
  readonly isSameWorkflow: boolean | null;
  readonly tasks: readonly ComparedTaskRow[];
  /** Tasks and values that did not fit. */
  readonly moreTasks: number;
  readonly values: readonly ComparedValueRow[];
  readonly moreValues: number;
}

/** Longest value that is sent. */
export const maxComparedValue = 300;

const isSide: Guard<ComparedSideRow> = shape<ComparedSideRow>({
  status: oneOf(taskStatuses),
  attempt: count(),
  durationMs: nullable(count()),
});

const value = nullable(text(maxComparedValue));

/** Accepts two keys. */
export const isCompareRequest: Guard<CompareRequest> = shape<CompareRequest>({
  one: text(maxText.key),
  other: text(maxText.key),
});

/** Accepts a comparison. */
export const isComparePage: Guard<ComparePage> = shape<ComparePage>({
  before: isListRow,
  after: isListRow,
  summary: text(maxText.message),
  divergence: nullable(text(maxText.id)),
  isSameWorkflow: nullable(flag),
  tasks: listOf(
    shape<ComparedTaskRow>({
      id: text(maxText.id),
      name: text(maxText.name),
      before: nullable(isSide),
      after: nullable(isSide),
      isDifferent: flag,
    }),
    500,
  ),
  moreTasks: count(),
  values: listOf(
    shape<ComparedValueRow>({
      kind: oneOf(['source', 'input', 'output', 'task-output']),
      task: nullable(text(maxText.id)),
      name: text(maxText.id),
      before: value,
      after: value,
    }),
    500,
  ),
  moreValues: count(),
});
