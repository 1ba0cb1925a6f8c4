import { Document, isCollection, isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import type { Draft } from './draft.ts';

/** The text of a workflow file, with what it does not have at its head. */
export function writeWorkflow(draft: Draft, from: string): string {
  const tasks = Object.fromEntries([...draft.tasks].map(([id, { fields }]) => [id, fields]));
  const secrets = draft.secrets.size === 0 ? {} : { secrets: [...draft.secrets].sort() };
  const document = new Document(
    { ...draft.head, ...secrets, tasks },
    {
      version: '1.2',
      // One object in two places is an anchor otherwise, which nobody would write.
      aliasDuplicateObjects: false,
    },
  );
  const root = document.contents as unknown as YAMLMap;
  for (const [at, pair] of root.items.entries())
    if (at > 0 && isCollection(pair.value)) space(pair);
  const list = document.get('tasks');
  if (isMap(list)) {
    for (const [at, pair] of list.items.entries()) {
      if (at > 0) space(pair);
      const id = isScalar(pair.key) ? String(pair.key.value) : '';
      const comment = draft.tasks.get(id)?.comment;
      if (comment !== undefined && isScalar(pair.key)) pair.key.commentBefore = commentOf(comment);
    }
  }
  document.commentBefore = headOf(draft, from);
  return document.toString({ lineWidth: 0, blockQuote: 'literal' });
}

function headOf(draft: Draft, from: string): string {
  const lines = [`Converted from ${from}. Read it through before you run it.`];
  if (draft.left.length > 0) {
    lines.push('Not carried over:');
    for (const { what, why } of draft.left) lines.push(`- ${what}: ${why}`);
  }
  return commentOf(lines.join('\n'));
}

/** As the library wants it: with the space after `#`, without the `#`. */
function commentOf(text: string): string {
  return text
    .replaceAll(/[^\P{C}\n\t]/gu, ' ')
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : ` ${line}`))
    .join('\n');
}

function space(pair: Pair): void {
  if (isScalar(pair.key)) pair.key.spaceBefore = true;
}
