import { planRename } from '../plan-rename.ts';
import type { Rule } from './rule.ts';

/** `tasks` and `finally` share their ids. */
export const duplicateTask: Rule = {
  codes: ['duplicate-task'],
  check({ source }, reporter) {
    for (const task of source.tasks) {
      const first = source.taskById.get(task.id);
      if (first === undefined || first === task) continue;
      const message = `there is already a task "${task.id}" under \`tasks\`; ids are shared with \`finally\``;
      reporter.report(task.key, 'duplicate-task', message, {
        fix: planRename(task.key, (id) => source.taskById.has(id)),
        related: [{ start: first.key.start, end: first.key.end, message: 'it is first here' }],
      });
    }
  },
};
