import type { FindingExtras } from './reporter.ts';
import type { YamlScalar } from './yaml/yaml-node.ts';

/** The fix that gives a task an id of its own. What names the task stays: it means the first one of the id. */
export function planRename(
  key: Pick<YamlScalar, 'start' | 'end' | 'text'>,
  isTaken: (id: string) => boolean,
): NonNullable<FindingExtras['fix']> {
  const stem = key.text.slice(0, 90);
  let id = `${stem}-2`;
  for (let number = 3; isTaken(id); number += 1) id = `${stem}-${String(number)}`;
  return { title: `Rename to "${id}"`, edits: [{ span: key, text: id }] };
}
