/** What the history remembers of a finished execution: enough to list, filter, search and count, one short line each. */
import type { Execution, TaskExecution, Timestamp } from '../../model/execution.ts';
import type { ExecutionStatus, FailureReason } from '../../model/status.ts';

/** One finished execution, without its journal and logs. */
export interface HistoryEntry {
  readonly id: string;
  readonly agent: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly reason: FailureReason | null;
  /** The beginning of it. */
  readonly message: string | null;
  /** The execution that it was a part of. */
  readonly parent: string | null;
  readonly createdAt: Timestamp;
  readonly startedAt: Timestamp | null;
  readonly finishedAt: Timestamp | null;
  readonly attempt: number;
  /** `name=value` of its inputs, the beginning of it; for searching. */
  readonly inputs: string;
  readonly tasks: readonly TaskRuns[];
  /** The first task that failed, and why. */
  readonly failed: { readonly task: string; readonly message: string | null } | null;
  /** What its folder takes on the disk, logs included. */
  readonly bytes: number;
  /** The state of the journal that this was made from. */
  readonly epoch: number;
  readonly seq: number;
}

/** A task's attempts that are over, those that failed, and how long each that succeeded took. */
export type TaskRuns = readonly [
  task: string,
  runs: number,
  failed: number,
  successMs: readonly number[],
];

const maxMessage = 300;
const maxInputs = 300;

/** The summary of an execution; `bytes` is the size of its folder. */
export function summarizeExecution(execution: Execution, bytes = 0): HistoryEntry {
  const { id, agent, name, status, reason, createdAt, startedAt, finishedAt, attempt, epoch, seq } =
    execution;
  const failed = execution.tasks.find((task) => task.status === 'failed');
  return {
    id,
    agent,
    name,
    status,
    reason,
    message: cut(execution.message, maxMessage),
    parent: execution.parent?.execution ?? null,
    createdAt,
    startedAt,
    finishedAt,
    attempt,
    inputs: inputsText(execution.inputs),
    tasks: execution.tasks.map(taskRuns),
    failed:
      failed === undefined ? null : { task: failed.id, message: cut(failed.message, maxMessage) },
    bytes,
    epoch,
    seq,
  };
}

/** Whether something in a list is a summary and not a whole execution. */
export function isHistoryEntry(item: Execution | HistoryEntry): item is HistoryEntry {
  return 'bytes' in item;
}

function taskRuns({ id, attempts }: TaskExecution): TaskRuns {
  const over = attempts.filter(({ finishedAt }) => finishedAt !== null);
  const successes = over.filter(({ status }) => status === 'succeeded');
  return [
    id,
    over.length,
    over.filter(({ status }) => status === 'failed').length,
    successes.map(({ startedAt, finishedAt }) =>
      Math.max(0, Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)),
    ),
  ];
}

function inputsText(inputs: Execution['inputs']): string {
  const text = Object.entries(inputs)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
  return cut(text, maxInputs) ?? '';
}

/** Never through the middle of a character. */
function cut(text: string | null, length: number): string | null {
  if (text === null || text.length <= length) return text;
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
