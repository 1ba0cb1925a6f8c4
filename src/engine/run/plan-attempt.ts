import type { TaskConductorOptions } from './task-conductor-options.ts';
import type { AttemptPlan } from './task-kinds/attempt.ts';
import type { TaskRun } from './task-run.ts';

/** What the attempt that a task is at is made from, and whom it tells. */
export function planAttempt(
  run: TaskRun,
  options: Pick<TaskConductorOptions, 'post' | 'note' | 'surroundings' | 'facts'>,
): AttemptPlan {
  const { post, note, surroundings, facts } = options;
  const { id: task, attempt, matrix } = run;
  return {
    surroundings,
    spec: run.spec,
    task,
    attempt,
    logFile: run.logFile ?? '',
    earlierChild: run.child,
    scope: (env) => facts.scope(env === undefined ? { matrix } : { matrix, env }),
    onSpawned: (pid, processStartTime) => {
      const at = new Date(surroundings.clock.wallMs()).toISOString();
      note({ type: 'task-spawned', at, task, attempt, pid, processStartTime });
    },
    onChild: (child) => {
      post({ type: 'child-started', run, child });
    },
    onEnd: (end) => {
      post({ type: 'attempt-ended', run, attempt, end });
    },
  };
}
