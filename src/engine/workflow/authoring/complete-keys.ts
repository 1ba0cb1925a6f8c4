import type { KeyPlace, KeySpec, ValueType } from '../keys/key-spec.ts';
import { keyTable } from '../keys/key-table.ts';
import { kindKeys } from '../keys/task-keys.ts';
import { keyHomes } from '../rules/misplaced-key.ts';
import type { CursorPlace } from './cursor-place.ts';
import { describeKey, describeType } from './describe-key.ts';
import { escapeSnippet, suggestion, type Suggestion } from './suggestion.ts';

/** The keys of a map with fixed keys that it has not yet and that make sense beside those it has. */
export function completeKeys(place: KeyPlace, at: CursorPlace): readonly Suggestion[] {
  const kind = place === 'task' ? kindKeys.find((key) => at.siblings.has(key)) : undefined;
  const specs = [...keyTable[place].values()].filter((spec) => {
    if (spec.isLater === true || at.siblings.has(spec.key)) return false;
    if (kind === undefined) return true;
    return !isKind(spec.key) && keyHomes[spec.key]?.includes(kind) !== false;
  });
  return specs.map((spec) => {
    const isBare = at.hasColon;
    return suggestion(spec.key, 'key', at.replace, {
      insert: isBare ? spec.key : keySnippet(spec, at.isFlow),
      isSnippet: !isBare,
      detail: describeType(spec),
      docs: describeKey(spec),
      again: !isBare && hasChoices(spec),
    });
  });
}

/** A key with its colon and a start of its value. */
function keySnippet({ key, type }: KeySpec, isFlow: boolean): string {
  return `${key}:${valueSnippet(key, type, isFlow)}`;
}

function valueSnippet(key: string, type: ValueType, isFlow: boolean): string {
  switch (type.kind) {
    case 'map':
    case 'matrix':
      return isFlow ? ' { $0 }' : '\n  $0';
    case 'named':
      if (isFlow) return ' { ${1:name}: $0 }';
      return type.names === 'task' ? '\n  ${1:task}:\n    $0' : `\n  \${1:${type.names}}: $0`;
    case 'short-or-map':
      return ' $0';
    case 'list':
      return type.single && !type.of.kind.startsWith('integer') && key !== 'needs'
        ? ' [$0]'
        : ' $0';
    case 'word':
    case 'boolean':
    case 'text':
    case 'scalar':
    case 'condition':
      return ' $0';
    case 'template':
      return key === 'run' && !isFlow ? ' ${0}' : ' $0';
    case 'duration':
      return ` \${0:${escapeSnippet('10m')}}`;
    case 'integer':
    case 'number':
      return ` \${0:${String(Math.max(1, type.min))}}`;
  }
}

function hasChoices({ key, type }: KeySpec): boolean {
  return type.kind === 'word' || type.kind === 'boolean' || choiceKeys.has(key);
}

/** Keys whose values are found elsewhere. */
const choiceKeys: ReadonlySet<string> = new Set(['needs', 'uses', 'if', 'secrets', 'on', 'with']);

function isKind(key: string): boolean {
  return kindKeys.some((one) => one === key);
}
