import { kindKeys } from '../keys/task-keys.ts';
import type { TaskSource } from '../workflow-source.ts';

/** What kind of task it is, as far as its text says. */
export function kindOf(task: TaskSource): (typeof kindKeys)[number] | null {
  return kindKeys.find((key) => task.entries.has(key)) ?? null;
}

/** A task in a few words: `run · needs lint, test`. */
export function describeTask(task: TaskSource): string {
  const needs = task.needs.map(({ id }) => id);
  const shown = needs.length > 4 ? [...needs.slice(0, 3), `${needs.length - 3} more`] : needs;
  return [
    kindOf(task) ?? '',
    task.matrix === null ? '' : 'matrix',
    needs.length === 0 ? '' : `needs ${shown.join(', ')}`,
    task.isFinally ? 'finally' : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
