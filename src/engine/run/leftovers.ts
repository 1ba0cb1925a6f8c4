/** Processes of tasks that outlived the runner that started them. */
import type { Attempt, Execution, TaskExecution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { isProcessAlive } from '../liveness/owner.ts';
import type { Clock } from '../ports.ts';
import { endProcessTree, leftoverSteps } from './processes/end-process-tree.ts';
import { processTreeOf, type ProcessTree } from './processes/process-tree.ts';

/** What still runs of a task whose runner is gone. */
export interface Leftover {
  /** Id of the task; of one in an execution that a task uses, with the task's id before it: `deploy / copy`. */
  readonly task: string;
  /** What the task was started as comes first, where it still runs. Never empty. */
  readonly pids: readonly number[];
}

/**
 * What still runs of these tasks of an execution that is over, and of executions that they use, which `find` gives by
 * their ids. A process counts only with proof: its start time, or on Linux the variables of the attempt.
 */
export function findLeftovers(
  execution: Execution,
  tasks: readonly TaskExecution[],
  find: (id: string) => Execution | null,
): readonly Leftover[] {
  return tasks.flatMap((task): readonly Leftover[] => {
    const pids = treeOf(execution, task)?.members() ?? [];
    const used = task.child === null ? null : find(task.child);
    const inside = used === null ? [] : findLeftovers(used, used.tasks, find);
    return [
      ...(pids.length === 0 ? [] : [{ task: task.id, pids }]),
      ...inside.map((left) => ({ ...left, task: `${task.id} / ${left.task}` })),
    ];
  });
}

/**
 * Ends processes of tasks that are about to run again, where they outlived their runner: the same task must not run
 * twice at the same time. Resolves when they are gone. Refused with `leftover` when one cannot be ended.
 */
export async function endLeftovers(
  execution: Execution,
  tasks: readonly TaskExecution[],
  clock: Clock,
): Promise<Result<void>> {
  const left = tasks.flatMap((task) => {
    const tree = treeOf(execution, task);
    return tree === null || tree.isGone() ? [] : [{ task, tree }];
  });
  await Promise.all(
    left.map(
      ({ tree }) =>
        new Promise<void>((resolve) => {
          endProcessTree({ tree, clock, steps: leftoverSteps, onGone: resolve });
        }),
    ),
  );
  for (const { task, tree } of left) {
    const [pid] = tree.members();
    if (pid === undefined) continue;
    return fail(
      'leftover',
      `process ${String(pid)} of task "${task.id}" still runs and could not be ended`,
      'End it yourself, then try again.',
    );
  }
  return ok(undefined);
}

function treeOf(execution: Execution, task: TaskExecution): ProcessTree | null {
  const last = task.attempts.at(-1);
  // An execution that a task used may not be recovered yet.
  if (last?.status !== 'interrupted' && last?.status !== 'running') return null;
  return processTreeOf(leaderOf(last), {
    AGENT_EXECUTION_ID: execution.id,
    AGENT_TASK_ID: task.id,
    AGENT_ATTEMPT: String(last.attempt),
  });
}

/** The group is only ours as long as its leader is the very process that was recorded. */
function leaderOf({ pid, processStartTime, startedAt }: Attempt): number | null {
  // Not recorded on Windows, where it is dear to know; that of the attempt is near enough.
  const isKnownByAttempt = processStartTime === null && process.platform === 'win32';
  const since = isKnownByAttempt ? String(Date.parse(startedAt)) : processStartTime;
  return pid !== null && since !== null && isProcessAlive(pid, since) ? pid : null;
}
