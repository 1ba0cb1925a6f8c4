import type { Execution, TaskExecution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';

/** A task of the plan and the reason in words. */
export interface PlannedTask {
  readonly task: string;
  readonly why: string;
}

/** What a retry or a resume would do; shown to a person before it happens. */
export interface RestartPlan {
  readonly kept: readonly PlannedTask[];
  readonly again: readonly PlannedTask[];
  /** True when the workflow file is another one than the execution was started with. */
  readonly isWorkflowChanged: boolean;
}

/**
 * Which tasks run again. A retry takes what failed, or the given tasks, and everything that depended on it; a
 * resume takes everything that did not succeed. Both take tasks that never ran, and all `finally` tasks.
 * `currentHash` is the workflow file's hash now; null or absent where it is not known or cannot be read.
 *
 * Refused: `not-over`, `unknown-task`, `nothing-to-do`.
 */
export function planRestart(
  execution: Execution,
  why: 'retry' | 'resume',
  tasks?: readonly string[],
  currentHash?: string | null,
): Result<RestartPlan> {
  if (!isExecutionOver(execution.status)) {
    return fail(
      'not-over',
      `execution ${execution.id} is "${execution.status}"; only a finished one can ${why}`,
    );
  }
  if (execution.status === 'succeeded') {
    return fail('nothing-to-do', `execution ${execution.id} succeeded: there is nothing to ${why}`);
  }
  const chosen = chooseTasks(execution, why, tasks ?? []);
  if (!chosen.ok) return chosen;
  const again = withDependants(execution, chosen.value);
  if (again.size === 0) {
    return fail('nothing-to-do', `no task of execution ${execution.id} has to run again`);
  }
  for (const task of execution.tasks) {
    if (again.has(task.id)) continue;
    if (task.isFinally) again.set(task.id, 'runs after every attempt');
    // It never ran: fail-fast may have skipped it, or a condition that looks at what runs again.
    else if (task.status === 'skipped') {
      again.set(task.id, 'was skipped; its condition is asked again');
    }
  }
  const kept = execution.tasks.filter((task) => !again.has(task.id));
  return ok({
    kept: kept.map((task) => ({ task: task.id, why: whyKept(task) })),
    again: execution.tasks.flatMap((task) => {
      const reason = again.get(task.id);
      return reason === undefined ? [] : [{ task: task.id, why: reason }];
    }),
    isWorkflowChanged:
      currentHash !== undefined && currentHash !== null && currentHash !== execution.workflow.hash,
  });
}

function chooseTasks(
  execution: Execution,
  why: 'retry' | 'resume',
  names: readonly string[],
): Result<Map<string, string>> {
  const chosen = new Map<string, string>();
  if (names.length > 0) {
    for (const name of names) {
      // The id of a matrix task stands for all its combinations.
      const found = execution.tasks.filter((task) => task.id === name || task.group === name);
      if (found.length === 0) {
        return fail('unknown-task', `execution ${execution.id} has no task "${name}"`);
      }
      for (const task of found) chosen.set(task.id, `asked for; ${describeEnd(task)}`);
    }
    return ok(chosen);
  }
  for (const task of execution.tasks) {
    if (!mustRunAgain(task, why)) continue;
    chosen.set(task.id, describeEnd(task));
  }
  return ok(chosen);
}

function mustRunAgain(task: TaskExecution, why: 'retry' | 'resume'): boolean {
  if (task.status === 'succeeded') return false;
  // A failure that was allowed counts as a success for a resume as well.
  if (task.status === 'failed') return why === 'retry' || !task.continueOnError;
  // Those are added at the end, without what needs them: what ran all the same need not run again.
  if (task.status === 'skipped') return false;
  return true;
}

/** Adds everything that directly or indirectly needs one of the chosen tasks. */
function withDependants(
  execution: Execution,
  chosen: ReadonlyMap<string, string>,
): Map<string, string> {
  const dependants = new Map<string, TaskExecution[]>();
  for (const task of execution.tasks) {
    for (const need of task.needs) {
      const list = dependants.get(need);
      if (list === undefined) dependants.set(need, [task]);
      else list.push(task);
    }
  }
  const again = new Map(chosen);
  const open = [...chosen.keys()];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const task of dependants.get(id) ?? []) {
      if (again.has(task.id)) continue;
      again.set(task.id, `needs "${id}", which runs again`);
      open.push(task.id);
    }
  }
  return again;
}

function describeEnd(task: TaskExecution): string {
  switch (task.status) {
    case 'succeeded':
      return 'succeeded before';
    case 'failed':
      return task.message === null ? 'failed' : `failed: ${task.message}`;
    case 'interrupted':
      return task.attempts.length === 0
        ? 'never started'
        : 'in doubt: it was started and its end is not recorded';
    case 'cancelled':
      return task.attempts.length === 0 ? 'never started' : 'was cancelled';
    case 'skipped':
      return 'was skipped';
    case 'pending':
    case 'running':
    case 'retrying':
    case 'waiting':
    case 'cancelling':
      return `was ${task.status}`;
  }
}

function whyKept(task: TaskExecution): string {
  return task.status === 'succeeded' ? 'succeeded' : `${describeEnd(task)}; counts as done`;
}
