import type { Rule } from './rule.ts';

/** Names in `needs` are tasks of the same part of the file, others than the task itself, each once. */
export const needs: Rule = {
  codes: ['unknown-need', 'duplicate-need', 'self-need', 'finally-need'],
  check({ source }, reporter) {
    const regular = source.tasks.filter((task) => !task.isFinally).map((task) => task.id);
    const last = source.tasks.filter((task) => task.isFinally).map((task) => task.id);
    for (const task of source.tasks) {
      const seen = new Map<string, (typeof task.needs)[number]>();
      for (const need of task.needs) {
        const first = seen.get(need.id);
        if (first !== undefined) {
          const message = `"${need.id}" is needed twice`;
          reporter.report(need, 'duplicate-need', message, {
            related: [{ start: first.start, end: first.end, message: 'it is first here' }],
          });
          continue;
        }
        seen.set(need.id, need);
        const target = source.taskById.get(need.id);
        if (need.id === task.id) {
          reporter.report(need, 'self-need', `the task "${task.id}" needs itself`);
        } else if (target === undefined) {
          const known = (): readonly string[] =>
            (task.isFinally ? last : regular).filter((id) => id !== task.id);
          const message = `there is no task "${need.id}"`;
          reporter.reportWord(need, 'unknown-need', message, need.id, known);
        } else if (target.isFinally !== task.isFinally) {
          const message = task.isFinally
            ? `"${need.id}" is not under \`finally\`; all other tasks are over before \`finally\` starts anyway`
            : `"${need.id}" is under \`finally\`, which starts after all other tasks`;
          reporter.report(need, 'finally-need', message);
        }
      }
    }
  },
};
