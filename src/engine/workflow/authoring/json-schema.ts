import { idPattern } from '../../../model/ids.ts';
import type { KeyPlace, NameKind, ValueType } from '../keys/key-spec.ts';
import { keyTable } from '../keys/key-table.ts';
import { kindKeys } from '../keys/task-keys.ts';

/** A schema, as JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft-07) of a workflow file, made from the table of keys, for editors and tools that read YAML
 * by a schema. It says less than the parser (nothing of expressions, needs and names), and never refuses what the
 * parser takes.
 */
export function workflowSchema(): JsonSchema {
  const definitions: Record<string, JsonSchema> = {};
  for (const place of Object.keys(keyTable) as KeyPlace[]) {
    if (place !== 'workflow') definitions[place] = mapSchema(place);
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Agent Executor workflow',
    description: 'A workflow of tasks, run as an agent.',
    // Tools that go by the folder's name alone would hold it against GitHub's files in `.github/workflows` too.
    if: { type: 'object', required: ['jobs'] },
    then: {},
    else: { $ref: '#/definitions/workflow' },
    definitions: { workflow: mapSchema('workflow'), ...definitions, matrix: matrixSchema },
  };
}

function mapSchema(place: KeyPlace): JsonSchema {
  const specs = [...keyTable[place].values()].filter((spec) => spec.isLater !== true);
  const required = specs.filter((spec) => spec.isRequired === true).map(({ key }) => key);
  return {
    type: 'object',
    properties: Object.fromEntries(
      specs.map((spec) => [
        spec.key,
        {
          description: spec.docs,
          ...(spec.default === undefined ? {} : { markdownDescription: withDefault(spec) }),
          ...typeSchema(spec.type, spec.isRequired === true),
        },
      ]),
    ),
    additionalProperties: false,
    ...(required.length === 0 ? {} : { required }),
    ...(place === 'task' ? { oneOf: kindKeys.map((key) => ({ required: [key] })) } : {}),
  };
}

function withDefault({ docs, default: value }: { docs: string; default?: string }): string {
  return `${docs}\n\nDefault: ${value ?? ''}`;
}

/** What is written as text may look like a number or a boolean. */
const anyScalar = ['string', 'number', 'boolean'] as const;
const durationPattern = '^\\s*(\\d+(\\.\\d+)?(ms|s|m|h|d))+\\s*$';

function typeSchema(type: ValueType, isRequired = false): JsonSchema {
  switch (type.kind) {
    case 'text':
    case 'condition':
    case 'scalar':
      return { type: anyScalar };
    case 'template':
      return { type: [...anyScalar, 'null'] };
    case 'duration':
      return { type: 'string', pattern: durationPattern };
    case 'boolean':
      return { type: 'boolean' };
    case 'integer':
    case 'number':
      return { type: type.kind, minimum: type.min, maximum: type.max };
    case 'word':
      return type.ignoreCase === true
        ? { type: 'string', pattern: anyCase(type.words), examples: type.words }
        : { enum: type.words };
    case 'list':
      return listSchema(type.of, type.single);
    case 'map':
      return isOptional(type.place)
        ? { anyOf: [{ $ref: `#/definitions/${type.place}` }, { type: 'null' }] }
        : { $ref: `#/definitions/${type.place}` };
    case 'named':
      return {
        type: isRequired ? 'object' : ['object', 'null'],
        ...(isRequired ? { minProperties: 1 } : {}),
        ...namesSchema(type.names, typeSchema(type.of)),
      };
    case 'short-or-map':
      return { anyOf: [typeSchema(type.short), { $ref: `#/definitions/${type.place}` }] };
    case 'matrix':
      return { $ref: '#/definitions/matrix' };
  }
}

function listSchema(of: ValueType, isSingle: boolean): JsonSchema {
  const list = { type: ['array', 'null'], items: typeSchema(of) };
  return isSingle ? { anyOf: [typeSchema(of), list] } : list;
}

/** Names that expressions read are ids; others are what the outside world calls them. */
function namesSchema(names: NameKind, value: JsonSchema): JsonSchema {
  if (names !== 'task' && names !== 'input' && names !== 'output') {
    return { additionalProperties: value };
  }
  return {
    patternProperties: { [idPattern.source]: value },
    additionalProperties: false,
  };
}

function isOptional(place: KeyPlace): boolean {
  const specs = [...keyTable[place].values()];
  return place !== 'task' && !specs.some((spec) => spec.isRequired === true);
}

const value = { type: [...anyScalar, 'null'] };
const combinations = {
  type: ['array', 'null'],
  items: { type: 'object', additionalProperties: value },
};
const matrixSchema: JsonSchema = {
  type: 'object',
  properties: { include: combinations, exclude: combinations },
  additionalProperties: { anyOf: [value, { type: 'array', items: value }] },
};

function anyCase(words: readonly string[]): string {
  const letters = (word: string): string =>
    word.replace(/[a-z]/gi, (letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`);
  return `^(${words.map(letters).join('|')})$`;
}
