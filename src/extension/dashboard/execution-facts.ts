import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { ExecutionAction } from '../../protocol/command-messages.ts';
import type { ListFilter, TaskCounts } from '../../protocol/list-messages.ts';

/** Counts the tasks of an execution by what became of them. */
export function countTasks(tasks: readonly TaskExecution[]): TaskCounts {
  let succeeded = 0;
  let failed = 0;
  let active = 0;
  let ended = 0;
  for (const { status } of tasks) {
    if (status === 'succeeded') succeeded += 1;
    else if (status === 'failed') failed += 1;
    else if (status === 'skipped' || status === 'cancelled' || status === 'interrupted') ended += 1;
    else if (status !== 'pending') active += 1;
  }
  return { total: tasks.length, succeeded, failed, active, ended };
}

/** The filter an execution belongs to by its status; `stuck` comes on top of it. */
export function filterOf(execution: Execution): Exclude<ListFilter, 'all' | 'stuck'> {
  switch (execution.status) {
    case 'pending':
    case 'queued':
    case 'running':
    case 'cancelling':
      return 'running';
    case 'waiting':
      return 'waiting';
    case 'failed':
    case 'interrupted':
      return 'failed';
    case 'succeeded':
      return 'succeeded';
    case 'cancelled':
      return 'cancelled';
  }
}

/** What can be done with an execution as it is now. In an untrusted workspace nothing that runs anything. */
export function actionsOf(execution: Execution, isTrusted: boolean): readonly ExecutionAction[] {
  const actions: ExecutionAction[] = [];
  if (isTrusted) {
    if (isExecutionOver(execution.status)) {
      if (execution.status === 'failed') actions.push('retry');
      if (execution.status === 'interrupted' || execution.status === 'cancelled') {
        actions.push('resume');
      }
      actions.push('runAgain');
    } else {
      if (execution.tasks.some((task) => task.status === 'waiting')) {
        actions.push('approve', 'reject');
      }
      actions.push('cancel');
    }
  }
  if (execution.tasks.some((task) => task.attempts.length > 0)) actions.push('openLog');
  actions.push('openWorkflow');
  return actions;
}

/** The verdicts by the execution they are about. */
export function groupVerdicts(
  verdicts: readonly StuckVerdict[],
): ReadonlyMap<string, readonly StuckVerdict[]> {
  const groups = new Map<string, StuckVerdict[]>();
  for (const verdict of verdicts) {
    const group = groups.get(verdict.execution);
    if (group === undefined) groups.set(verdict.execution, [verdict]);
    else group.push(verdict);
  }
  return groups;
}
