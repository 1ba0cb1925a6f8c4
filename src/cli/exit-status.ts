import type { ExecutionStatus } from '../model/status.ts';

/** What the process ends with; scripts branch on these numbers. */
export const exitStatus = {
  /** All is well. */
  ok: 0,
  /** The execution failed or was interrupted, or `validate` found an error. */
  failed: 1,
  /** Wrong usage, unknown agent or id, invalid workflow or input. */
  usage: 2,
  /** Cancelled, as a shell reports a process that Ctrl-C ended. */
  cancelled: 130,
} as const;

/** The exit status that tells how an execution ended; an unfinished one counts as well. */
export function exitStatusOf(execution: {
  readonly status: ExecutionStatus;
  readonly reason: string | null;
}): number {
  switch (execution.status) {
    case 'failed':
      return execution.reason === 'invalid-workflow' ? exitStatus.usage : exitStatus.failed;
    case 'interrupted':
      return exitStatus.failed;
    case 'cancelled':
      return exitStatus.cancelled;
    case 'pending':
    case 'queued':
    case 'running':
    case 'waiting':
    case 'cancelling':
    case 'succeeded':
      return exitStatus.ok;
  }
}
