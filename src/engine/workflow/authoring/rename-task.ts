import { idPattern } from '../../../model/ids.ts';
import { fail, ok, type Result } from '../../../model/result.ts';
import type { Span } from '../reporter.ts';
import { occurrenceAt, sameAs, type Occurrence } from './symbols.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** A stretch of the text and what takes its place. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** The id of a task at an offset that can be renamed; a failure in words where there is none. */
export function findRenamable(model: WorkflowModel, offset: number): Result<Occurrence> {
  const found = occurrenceAt(model, offset);
  if (found?.kind !== 'task') return fail('no-task', 'Only ids of tasks can be renamed here.');
  if (model.findTask(found.name) === null) {
    return fail('no-task', `There is no task "${found.name}" in this file.`);
  }
  return ok(found);
}

/** Renames a task wherever its file names it: its key, `needs` and expressions. */
export function renameTask(
  model: WorkflowModel,
  offset: number,
  name: string,
): Result<readonly TextEdit[]> {
  const found = findRenamable(model, offset);
  if (!found.ok) return found;
  if (!idPattern.test(name)) {
    return fail(
      'bad-id',
      `"${name}" is no id: a letter or \`_\`, then letters, digits, \`_\` and \`-\`, at most 100.`,
    );
  }
  const other = model.findTask(name);
  if (other !== null && other.id !== found.value.name) {
    return fail('duplicate-task', `There is a task "${other.id}" already.`);
  }
  if (name === found.value.name) return ok([]);
  return ok(sameAs(model, found.value).map(({ start, end }) => ({ start, end, text: name })));
}
