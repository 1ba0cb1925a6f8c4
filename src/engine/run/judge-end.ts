import type { ExecutionFinished } from '../../model/events.ts';
import type { Timestamp } from '../../model/execution.ts';
import type { FailureReason } from '../../model/status.ts';
import { formatDuration } from '../../model/duration.ts';
import type { EndCause } from './schedule.ts';

/** A task that did not end well and counts. */
export interface BadTask {
  readonly id: string;
  readonly isFinally: boolean;
  readonly reason: FailureReason | null;
  readonly message: string | null;
}

/** Why an execution was stopped as a whole. */
export type StopReason =
  | { readonly kind: 'cancel' | 'kill'; readonly by: string }
  | { readonly kind: 'timeout'; readonly timeoutMs: number };

/** The end of an execution. */
export interface ExecutionEnd {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly reason: FailureReason | null;
  readonly message: string | null;
}

/** The record of an execution's end. */
export function executionFinished(
  at: Timestamp,
  end: ExecutionEnd,
  outputs: Readonly<Record<string, string>> = {},
): ExecutionFinished {
  return { type: 'execution-finished', at, ...end, outputs };
}

/** The end of an execution that could not go on. */
export function failedExecution(reason: FailureReason, message: string): ExecutionEnd {
  return { status: 'failed', reason, message };
}

/** How an execution ends, from its tasks that went wrong (in the order they ended) and from what stopped it. */
export function judgeEnd(facts: {
  readonly stop: StopReason | null;
  readonly failed: readonly BadTask[];
  readonly cancelled: readonly BadTask[];
}): ExecutionEnd {
  const { stop, failed, cancelled } = facts;
  if (stop?.kind === 'timeout') {
    const message = `ran longer than the workflow's timeout of ${formatDuration(stop.timeoutMs)}`;
    return { status: 'failed', reason: 'timeout', message };
  }
  if (stop !== null) {
    // What broke while cleaning up must not hide behind the cancel.
    const broken = failed.filter((task) => task.isFinally);
    if (stop.kind === 'cancel' && broken.length > 0) return failedBy(broken);
    return {
      status: 'cancelled',
      reason: null,
      message: stop.kind === 'kill' ? `killed by ${stop.by}` : `cancelled by ${stop.by}`,
    };
  }
  if (failed.length > 0) return failedBy(failed);
  const [first] = cancelled;
  if (first !== undefined) {
    return { status: 'cancelled', reason: null, message: `task "${first.id}" was cancelled` };
  }
  return { status: 'succeeded', reason: null, message: null };
}

function failedBy(tasks: readonly BadTask[]): ExecutionEnd {
  const [first] = tasks;
  const more = tasks.length - 1;
  const others = more === 0 ? '' : `; ${String(more)} more task${more === 1 ? '' : 's'} failed`;
  return {
    status: 'failed',
    reason: first?.reason ?? 'internal',
    message: `task "${first?.id ?? ''}" ${first?.message ?? 'failed'}${others}`,
  };
}

/** Why a task ended without having run to its end, in words. `idOf` names the other task. */
export function describeCause(
  cause: EndCause,
  other: (task: number) => { readonly id: string; readonly status: string },
): string {
  switch (cause.kind) {
    case 'need': {
      const need = other(cause.need);
      return `needs "${need.id}", which ${pastOf(need.status)}`;
    }
    case 'fail-fast':
      return `"${other(cause.failed).id}" failed, and the workflow is fail-fast`;
    case 'matrix-fail-fast':
      return `"${other(cause.failed).id}" failed, and the matrix is fail-fast`;
    case 'cancel':
      return 'the execution was cancelled';
    case 'kill':
      return 'the execution was killed';
    case 'timeout':
      return 'the execution ran longer than its timeout';
  }
}

function pastOf(status: string): string {
  return status === 'failed' ? 'failed' : `was ${status}`;
}
