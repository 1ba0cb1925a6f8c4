/** The selected execution: a head, and its tasks. After the first answer only changed tasks are sent. */
import type { GitState, Trigger } from '../model/execution.ts';
import {
  executionStatuses,
  failureReasons,
  taskStatuses,
  type ExecutionStatus,
  type FailureReason,
  type TaskStatus,
} from '../model/status.ts';
import type { TaskKind } from '../model/workflow.ts';
import { executionActions, type ExecutionAction } from './command-messages.ts';
import { count, flag, listOf, nullable, oneOf, shape, text, whole, type Guard } from './guard.ts';
import { maxText } from './limits.ts';
import { isTaskCounts, type TaskCounts } from './list-messages.ts';

/** A name with its value as text. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** Why something is taken to be stuck. */
export interface StuckNotice {
  readonly task: string | null;
  readonly evidence: string;
  readonly sinceMs: number;
}

/** Everything about an execution but its tasks. Times are milliseconds since 1970 by the host's clock. */
export interface DetailHead {
  readonly id: string;
  readonly agent: string;
  readonly name: string;
  readonly folder: string;
  readonly status: ExecutionStatus;
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly trigger: Trigger;
  readonly inputs: readonly NamedValue[];
  readonly outputs: readonly NamedValue[];
  readonly workflowPath: string;
  /** Null: not on record. */
  readonly git: GitState | null;
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly finishedMs: number | null;
  readonly attempt: number;
  /** The agent whose missing or broken workflow this one stands in for, and why. */
  readonly fallback: NamedValue | null;
  /** Execution and task that started this one. */
  readonly parent: NamedValue | null;
  readonly stuck: readonly StuckNotice[];
  /** What can be done now; the host checks again when it is asked for. */
  readonly actions: readonly ExecutionAction[];
  readonly tasks: TaskCounts;
}

/** One try of a task. */
export interface AttemptRow {
  readonly attempt: number;
  readonly status: TaskStatus;
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly startedMs: number;
  readonly finishedMs: number | null;
}

/** One task; `index` is its place in the execution. */
export interface TaskRow {
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly kind: TaskKind;
  readonly group: string | null;
  readonly needs: readonly string[];
  readonly isFinally: boolean;
  readonly continueOnError: boolean;
  readonly status: TaskStatus;
  readonly isStuck: boolean;
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly attempt: number;
  /** The newest ten, oldest first. */
  readonly attempts: readonly AttemptRow[];
  readonly startedMs: number | null;
  readonly finishedMs: number | null;
  readonly exitCode: number | null;
  readonly nextAttemptMs: number | null;
  readonly question: string | null;
  readonly child: string | null;
  /** Median of what its last successes took; null while there are too few, and when the execution is over. */
  readonly usualMs: number | null;
}

/** Which execution the webview looks at, and how many of its tasks. */
export interface DetailRequest {
  readonly key: string;
  readonly taskLimit: number;
}

/** The selected execution. Tasks that did not fit into one message follow as changes. */
export interface Detail {
  readonly key: string;
  readonly head: DetailHead;
  readonly tasks: readonly TaskRow[];
}

/** What changed in the selected execution. */
export interface DetailChange {
  readonly key: string;
  /** Null: unchanged. */
  readonly head: DetailHead | null;
  readonly tasks: readonly TaskRow[];
  /** True when the execution was removed. */
  readonly isGone: boolean;
}

/** The most needs of one task that are sent: a task after a whole matrix needs every combination. */
export const maxNeeds = 256;

/** The most tasks a webview may ask for. */
const maxTasks = 20_000;
const id = text(maxText.id);
const message = nullable(text(maxText.message));
const moment = nullable(count());
const reason = nullable(oneOf(failureReasons));
const kinds: readonly TaskKind[] = ['run', 'uses', 'approval', 'http'];

const isNamedValue: Guard<NamedValue> = shape<NamedValue>({ name: id, value: text(maxText.id) });

/** Accepts a well-formed request for an execution. */
export const isDetailRequest: Guard<DetailRequest> = shape<DetailRequest>({
  key: text(maxText.key),
  taskLimit: count(maxTasks),
});

const isDetailHead: Guard<DetailHead> = shape<DetailHead>({
  id,
  agent: id,
  name: text(maxText.name),
  folder: text(maxText.name),
  status: oneOf(executionStatuses),
  reason,
  message,
  trigger: shape<Trigger>({
    kind: oneOf(['manual', 'workflow', 'task', 'api']),
    source: oneOf(['vscode', 'cli', 'api', 'workflow']),
  }),
  inputs: listOf(isNamedValue, 20),
  outputs: listOf(isNamedValue, 20),
  workflowPath: id,
  git: nullable(shape<GitState>({ branch: nullable(id), commit: nullable(id) })),
  createdMs: count(),
  startedMs: moment,
  finishedMs: moment,
  attempt: count(),
  fallback: nullable(isNamedValue),
  parent: nullable(isNamedValue),
  stuck: listOf(
    shape<StuckNotice>({ task: nullable(id), evidence: text(maxText.id), sinceMs: count() }),
    5,
  ),
  actions: listOf(oneOf(executionActions), executionActions.length),
  tasks: isTaskCounts,
});

const isAttemptRow: Guard<AttemptRow> = shape<AttemptRow>({
  attempt: count(),
  status: oneOf(taskStatuses),
  reason,
  message,
  exitCode: nullable(whole),
  startedMs: count(),
  finishedMs: moment,
});

/** True for a row of the task table. */
export const isTaskRow: Guard<TaskRow> = shape<TaskRow>({
  index: count(),
  id,
  name: text(maxText.name),
  kind: oneOf(kinds),
  group: nullable(id),
  needs: listOf(id, maxNeeds),
  isFinally: flag,
  continueOnError: flag,
  status: oneOf(taskStatuses),
  isStuck: flag,
  reason,
  message,
  attempt: count(),
  attempts: listOf(isAttemptRow, 10),
  startedMs: moment,
  finishedMs: moment,
  exitCode: nullable(whole),
  nextAttemptMs: moment,
  question: message,
  child: nullable(id),
  usualMs: moment,
});

/** Accepts an execution. */
export const isDetail: Guard<Detail> = shape<Detail>({
  key: text(maxText.key),
  head: isDetailHead,
  tasks: listOf(isTaskRow, maxTasks),
});

/** Accepts a change of an execution. */
export const isDetailChange: Guard<DetailChange> = shape<DetailChange>({
  key: text(maxText.key),
  head: nullable(isDetailHead),
  tasks: listOf(isTaskRow, maxTasks),
  isGone: flag,
});
