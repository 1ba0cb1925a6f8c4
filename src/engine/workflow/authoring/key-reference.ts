import type { KeyPlace, KeySpec } from '../keys/key-spec.ts';
import { keyTable } from '../keys/key-table.ts';
import { describeType } from './describe-key.ts';

const titles: Readonly<Record<KeyPlace, string>> = {
  workflow: 'Workflow',
  input: 'An input',
  concurrency: '`concurrency`',
  defaults: '`defaults`',
  task: 'A task',
  retry: '`retry`',
  strategy: '`strategy`',
  approval: '`approval`',
  http: '`http`',
};

/** The page of every key, in Markdown: the same words as in the editor. */
export function keyReference(): string {
  const places = Object.entries(keyTable) as [KeyPlace, ReadonlyMap<string, KeySpec>][];
  const parts = [
    '# Every key',
    'Each key of a workflow file with what it means, what it may be, and an example; the editor shows the same. How the parts work together is in the [workflow reference](workflow-reference.md).',
    ...places.flatMap(([place, specs]) => [
      `## ${titles[place]}`,
      ...[...specs.values()].map(toText),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function toText(spec: KeySpec): string {
  const { key, docs, example, otherNames = [] } = spec;
  if (spec.isLater === true) return `### ${key}\n\nReserved. ${docs}`;
  const facts = [
    `Value: ${describeType(spec)}${wordsOf(spec)}.`,
    ...(spec.default === undefined ? [] : [`Default: ${spec.default}.`]),
    ...(otherNames.length === 0
      ? []
      : [`Elsewhere called ${otherNames.map((name) => `\`${name}\``).join(', ')}.`]),
  ];
  return [`### ${key}`, docs, facts.join(' '), `\`\`\`yaml\n${example}\n\`\`\``].join('\n\n');
}

/** The words of a value that is one of several, where the type does not say them already. */
function wordsOf({ type }: KeySpec): string {
  if (type.kind === 'integer' || type.kind === 'number') {
    return ` from ${String(type.min)} to ${String(type.max)}`;
  }
  if (type.kind !== 'word' || type.words.length <= 4) return '';
  return `: ${type.words.map((word) => `\`${word}\``).join(', ')}`;
}
