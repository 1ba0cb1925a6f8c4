import type { KeySpec } from '../keys/key-spec.ts';

/** All there is to say about a key, in Markdown. */
export function describeKey(spec: KeySpec): string {
  return [
    spec.docs,
    spec.default === undefined ? '' : `Default: ${spec.default}`,
    `\`\`\`yaml\n${spec.example}\n\`\`\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** What a key's value may be, in a few words. */
export function describeType({ type, isRequired }: KeySpec): string {
  const words = wordsOf(type);
  return isRequired === true ? `${words}, required` : words;
}

function wordsOf(type: KeySpec['type']): string {
  switch (type.kind) {
    case 'text':
    case 'scalar':
      return type.kind === 'text' ? 'text' : 'value';
    case 'template':
      return 'text with ${{ }}';
    case 'condition':
      return 'expression';
    case 'duration':
      return 'duration';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return 'whole number';
    case 'number':
      return 'number';
    case 'word':
      return type.words.length > 4 ? 'word' : type.words.join(' | ');
    case 'list':
      return type.single ? 'one or a list' : 'list';
    case 'map':
    case 'matrix':
      return 'map';
    case 'named':
      return `map of ${type.names}s`;
    case 'short-or-map':
      return `${wordsOf(type.short)}, or map`;
  }
}
