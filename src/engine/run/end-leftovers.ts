import type { Execution, TaskExecution } from '../../model/execution.ts';
import { isProcessAlive } from '../liveness/owner.ts';
import type { Clock } from '../ports.ts';
import { endProcessTree, leftoverSteps } from './processes/end-process-tree.ts';
import { processTreeOf } from './processes/process-tree.ts';

/**
 * Ends processes of tasks that are about to run again, where they outlived their runner: the same task must not run
 * twice at the same time. Resolves when they are gone.
 */
export async function endLeftovers(
  execution: Execution,
  tasks: readonly TaskExecution[],
  clock: Clock,
): Promise<void> {
  const trees = tasks.flatMap((task) => {
    const last = task.attempts.at(-1);
    if (last?.status !== 'interrupted') return [];
    // The group is only ours as long as its leader is the very process that was recorded.
    const isLeaderAlive = last.pid !== null && isProcessAlive(last.pid, last.processStartTime);
    const tree = processTreeOf(isLeaderAlive ? last.pid : null, {
      AGENT_EXECUTION_ID: execution.id,
      AGENT_TASK_ID: task.id,
      AGENT_ATTEMPT: String(last.attempt),
    });
    return tree.isGone() ? [] : [tree];
  });
  await Promise.all(
    trees.map(
      (tree) =>
        new Promise<void>((resolve) => {
          endProcessTree({ tree, clock, steps: leftoverSteps, onGone: resolve });
        }),
    ),
  );
}
