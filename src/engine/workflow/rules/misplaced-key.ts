import type { Rule } from './rule.ts';

/** Keys that mean something for some kinds of task only, with those kinds. */
export const keyHomes: Readonly<Record<string, readonly string[]>> = {
  shell: ['run'],
  'working-directory': ['run'],
  with: ['uses'],
  retry: ['run', 'uses', 'http'],
};

/** A key that would have no effect is a mistake. */
export const misplacedKey: Rule = {
  codes: ['misplaced-key'],
  check({ source }, reporter) {
    for (const task of source.tasks) {
      for (const [key, kinds] of Object.entries(keyHomes)) {
        const entry = task.entries.get(key);
        if (entry === undefined || kinds.some((kind) => task.entries.has(kind))) continue;
        const kind = ['run', 'uses', 'approval', 'http'].find((name) => task.entries.has(name));
        if (kind === undefined) continue;
        const message = `\`${key}\` has no effect on a task with \`${kind}\`; it belongs to ${wordKinds(kinds)}`;
        reporter.report(entry.key, 'misplaced-key', message);
      }
    }
  },
};

function wordKinds(kinds: readonly string[]): string {
  return kinds.map((kind) => `\`${kind}\``).join(', ');
}
