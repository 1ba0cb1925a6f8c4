import type { Rule } from './rule.ts';

/** More than any person writes; a file of generated tasks above it belongs into several. */
export const maxTasks = 10_000;

/** A workflow has at least one task, and not too many. */
export const taskCount: Rule = {
  codes: ['no-tasks', 'too-many-tasks'],
  check({ source, matrices }, reporter) {
    const tasks = source.entries.get('tasks');
    if (tasks === undefined) {
      const place = { start: source.root.start, end: source.root.start };
      // A misspelt `tasks` is reported as such; one more message about the same would be noise.
      const isOther = ['jobs', 'steps', 'task'].some((key) => source.entries.has(key));
      if (!isOther) {
        reporter.report(
          place,
          'no-tasks',
          'the workflow has no `tasks`; add `tasks:` with at least one',
        );
      }
      return;
    }
    const { value } = tasks;
    const isNothing = value.kind === 'scalar' && value.value === null;
    if (isNothing || (value.kind === 'map' && value.entries.length === 0)) {
      const message = '`tasks` is empty; a workflow needs at least one task';
      reporter.report(tasks.key, 'no-tasks', message);
    }
    let count = 0;
    for (const task of source.tasks) {
      count += matrices.get(task.id)?.combinations.length ?? 1;
      if (count <= maxTasks) continue;
      const message = `with this task the workflow has ${count} tasks, each combination of a matrix counted; ${maxTasks} are the limit`;
      reporter.report(task.key, 'too-many-tasks', message);
      return;
    }
  },
};
