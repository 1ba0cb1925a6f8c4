import { kindKeys, laterKindKeys } from '../keys/task-keys.ts';
import { suggestWord } from '../suggest-word.ts';
import type { Rule } from './rule.ts';

/** A task does exactly one thing. */
export const taskKind: Rule = {
  codes: ['missing-kind', 'two-kinds'],
  check({ source }, reporter) {
    for (const task of source.tasks) {
      if (task.map === null && !task.isEmpty) continue;
      const [first, ...others] = kindKeys.filter((key) => task.entries.has(key));
      if (first === undefined) {
        const isLater = laterKindKeys.some((key) => task.entries.has(key));
        // A misspelt kind is reported as an unknown key.
        const isMisspelt = [...task.entries.keys()].some((key) => {
          return (
            ['script', 'cmd', 'exec', 'steps'].includes(key) || suggestWord(key, ['run']) !== null
          );
        });
        if (isLater || isMisspelt) continue;
        const message = `the task "${task.id}" does nothing; it needs \`run\`, \`uses\`, \`approval\` or \`http\``;
        reporter.report(task.key, 'missing-kind', message);
        continue;
      }
      for (const other of others) {
        const entry = task.entries.get(other);
        const place = task.entries.get(first)?.key;
        if (entry === undefined || place === undefined) continue;
        const message = `a task has one kind; "${task.id}" has \`${first}\` and \`${other}\``;
        const [earlier, later] =
          place.start < entry.key.start ? [place, entry.key] : [entry.key, place];
        reporter.report(later, 'two-kinds', message, {
          related: [{ start: earlier.start, end: earlier.end, message: 'the other kind is here' }],
        });
      }
    }
  },
};
