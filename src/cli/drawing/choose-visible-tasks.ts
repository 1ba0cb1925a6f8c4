import type { TaskExecution } from '../../model/execution.ts';

/** The tasks that get a line of their own, in their order, and those that are only counted. */
export interface VisibleTasks {
  readonly visible: readonly TaskExecution[];
  readonly folded: readonly TaskExecution[];
}

/** How many tasks that have not begun are worth a line when room is short. */
const pendingAtMost = 2;

/**
 * Chooses what fits into `rows` lines, one of which counts the rest. What moves comes first, then what failed,
 * then the next to come, then what ended last.
 */
export function chooseVisibleTasks(tasks: readonly TaskExecution[], rows: number): VisibleTasks {
  if (tasks.length <= rows) return { visible: tasks, folded: [] };
  const ranked = [
    ...tasks.filter((task) => rankOf(task) === 'moving'),
    ...tasks.filter((task) => rankOf(task) === 'failed'),
    ...tasks.filter((task) => rankOf(task) === 'pending').slice(0, pendingAtMost),
    ...tasks
      .filter((task) => rankOf(task) === 'over')
      .sort((a, b) => (b.finishedAt ?? '').localeCompare(a.finishedAt ?? '')),
    ...tasks.filter((task) => rankOf(task) === 'pending').slice(pendingAtMost),
  ];
  const chosen = new Set(ranked.slice(0, Math.max(0, rows - 1)));
  return {
    visible: tasks.filter((task) => chosen.has(task)),
    folded: tasks.filter((task) => !chosen.has(task)),
  };
}

function rankOf(task: TaskExecution): 'moving' | 'failed' | 'pending' | 'over' {
  switch (task.status) {
    case 'running':
    case 'retrying':
    case 'waiting':
    case 'cancelling':
      return 'moving';
    case 'failed':
    case 'interrupted':
      return 'failed';
    case 'pending':
      return 'pending';
    case 'succeeded':
    case 'cancelled':
    case 'skipped':
      return 'over';
  }
}
