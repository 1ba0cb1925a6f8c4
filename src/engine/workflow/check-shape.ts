import { parseDuration } from '../../model/duration.ts';
import type { KeyPlace, NameKind, ValueType } from './keys/key-spec.ts';
import { keyTable } from './keys/key-table.ts';
import type { SiteName } from './keys/sites.ts';
import type { Reporter } from './reporter.ts';
import {
  describeNode,
  isEmpty,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from './yaml/yaml-node.ts';

/** A text that holds, or may hold, expressions. */
export interface TemplateUse {
  readonly site: SiteName;
  readonly scalar: YamlScalar;
  /** The key it stands under, for messages and fixes. */
  readonly entry: YamlEntry;
  /** The task it belongs to; null at the level of the workflow. */
  readonly task: TaskPlace | null;
  readonly isCondition: boolean;
}

/** A name the author chose. */
export interface NameUse {
  readonly kind: NameKind;
  readonly key: YamlScalar;
}

/** Which task a place belongs to. Its map may be shared by several ids through aliases. */
export interface TaskPlace {
  readonly id: string;
  readonly isFinally: boolean;
}

/** What the walk over a file found besides problems. */
export interface Shape {
  readonly templates: readonly TemplateUse[];
  readonly names: readonly NameUse[];
}

interface Walk {
  readonly reporter: Reporter;
  readonly templates: TemplateUse[];
  readonly names: NameUse[];
}

/** Where a value stands: under which key, of which task. */
interface Here {
  readonly entry: YamlEntry;
  readonly task: TaskPlace | null;
}

/** Holds a file against the table of keys: unknown and missing keys, and values of the wrong type. */
export function checkShape(root: YamlMap, reporter: Reporter): Shape {
  const walk: Walk = { reporter, templates: [], names: [] };
  checkKeys(root, 'workflow', null, walk);
  return walk;
}

function checkKeys(map: YamlMap, place: KeyPlace, task: TaskPlace | null, walk: Walk): void {
  const known = keyTable[place];
  for (const entry of map.entries) {
    const spec = known.get(entry.key.text);
    if (spec === undefined) {
      // A key of no text is what a mistake leaves over that the YAML parser has told of already.
      if (entry.key.text !== '' || !walk.reporter.hasErrors) {
        reportUnknownKey(entry.key, place, walk.reporter);
      }
    } else if (spec.isLater === true) {
      const message = `the task kind \`${spec.key}\` is not supported yet`;
      walk.reporter.report(entry.key, 'unsupported-kind', message);
    } else checkValue(entry.value, spec.type, { entry, task }, walk);
  }
}

/** Reports required keys that a map has not; at `owner`, the key the map stands under. */
function checkRequired(map: YamlMap | null, place: KeyPlace, owner: YamlScalar, walk: Walk): void {
  for (const spec of keyTable[place].values()) {
    if (spec.isRequired !== true) continue;
    if (map?.entries.some((entry) => entry.key.text === spec.key) === true) continue;
    const message = `\`${owner.text}\` needs \`${spec.key}\`, for example \`${spec.example}\``;
    walk.reporter.report(owner, 'missing-key', message);
  }
}

function reportUnknownKey(key: YamlScalar, place: KeyPlace, reporter: Reporter): void {
  const known = keyTable[place];
  const message = `unknown key \`${key.text}\``;
  const meant = [...known.values()].find((spec) => spec.otherNames?.includes(key.text) === true);
  if (meant !== undefined) {
    reporter.report(key, 'unknown-key', `${message}; did you mean \`${meant.key}\`?`, {
      fix: {
        title: `Change to "${meant.key}"`,
        edits: [{ span: key, text: meant.key }],
      },
    });
    return;
  }
  const home = homeOf(key.text, place);
  if (home === null) reporter.reportWord(key, 'unknown-key', message, key.text, known.keys());
  else reporter.report(key, 'unknown-key', `${message} here; it belongs into ${home}`);
}

/** The nearest other place that knows the key, in words. */
function homeOf(key: string, place: KeyPlace): string | null {
  const words: Partial<Record<KeyPlace, string>> =
    place === 'task'
      ? { retry: '`retry`', strategy: '`strategy`', approval: '`approval`', http: '`http`' }
      : place === 'workflow'
        ? { task: 'a task', defaults: '`defaults`' }
        : place === 'strategy' || place === 'defaults'
          ? { task: 'a task' }
          : {};
  for (const [name, text] of Object.entries(words)) {
    if (keyTable[name as KeyPlace].has(key)) return text;
  }
  return null;
}

function checkValue(value: YamlNode, type: ValueType, here: Here, walk: Walk): void {
  switch (type.kind) {
    case 'map':
      checkMap(value, type.place, here, walk);
      return;
    case 'named':
      checkNamed(value, type, here, walk);
      return;
    case 'short-or-map':
      if (value.kind === 'map') checkMap(value, type.place, here, walk);
      else checkValue(value, type.short, here, walk);
      return;
    case 'list':
      checkList(value, type, here, walk);
      return;
    case 'matrix':
      if (value.kind !== 'map') wrongType(value, 'a map of lists', here, walk);
      return;
    case 'text':
    case 'template':
    case 'condition':
    case 'duration':
    case 'boolean':
    case 'integer':
    case 'number':
    case 'word':
    case 'scalar':
      if (value.kind === 'scalar') checkScalar(value, type, here, walk);
      else wrongType(value, expectationOf(type), here, walk);
  }
}

function checkMap(value: YamlNode, place: KeyPlace, here: Here, walk: Walk): void {
  if (value.kind === 'map') {
    checkKeys(value, place, here.task, walk);
    checkRequired(value, place, here.entry.key, walk);
  } else if (isEmpty(value)) checkRequired(null, place, here.entry.key, walk);
  else wrongType(value, `a map with keys such as \`${mainKey(place)}\``, here, walk);
}

/** The key that says best what a map is for. */
function mainKey(place: KeyPlace): string {
  const required = [...keyTable[place].values()].find((spec) => spec.isRequired === true);
  if (required !== undefined) return required.key;
  return place === 'task' ? 'run' : place === 'input' ? 'type' : 'shell';
}

function checkNamed(
  value: YamlNode,
  type: Extract<ValueType, { kind: 'named' }>,
  here: Here,
  walk: Walk,
): void {
  if (isEmpty(value)) return;
  if (value.kind !== 'map') {
    wrongType(value, `a map of ${type.names}s by name`, here, walk);
    return;
  }
  for (const entry of value.entries) {
    walk.names.push({ kind: type.names, key: entry.key });
    const isFinally = here.entry.key.text === 'finally';
    const task = type.names === 'task' ? { id: entry.key.text, isFinally } : here.task;
    checkValue(entry.value, type.of, { entry, task }, walk);
  }
}

function checkList(
  value: YamlNode,
  type: Extract<ValueType, { kind: 'list' }>,
  here: Here,
  walk: Walk,
): void {
  if (isEmpty(value)) return;
  if (value.kind === 'list') {
    for (const item of value.items) checkValue(item, type.of, here, walk);
  } else if (type.single && value.kind === 'scalar') checkValue(value, type.of, here, walk);
  else wrongType(value, type.single ? 'one value or a list of them' : 'a list', here, walk);
}

type ScalarType = Extract<
  ValueType,
  {
    readonly kind:
      | 'text'
      | 'template'
      | 'condition'
      | 'duration'
      | 'boolean'
      | 'integer'
      | 'number'
      | 'word'
      | 'scalar';
  }
>;

function checkScalar(scalar: YamlScalar, type: ScalarType, here: Here, walk: Walk): void {
  if (type.kind === 'template') {
    checkTemplate(scalar, type.site, here, walk);
    return;
  }
  if (scalar.value === null) {
    const message = `\`${here.entry.key.text}\` has no value; ${expectationOf(type)} is expected`;
    walk.reporter.report(scalar.end > scalar.start ? scalar : here.entry.key, 'no-value', message);
    return;
  }
  switch (type.kind) {
    case 'text':
      checkText(scalar, here, walk);
      return;
    case 'condition':
      walk.templates.push({ site: type.site, scalar, ...here, isCondition: true });
      return;
    case 'duration':
      checkDuration(scalar, type.canBeZero === true, here, walk);
      return;
    case 'boolean':
      if (typeof scalar.value !== 'boolean') wrongType(scalar, expectationOf(type), here, walk);
      return;
    case 'integer':
    case 'number':
      checkNumber(scalar, type, here, walk);
      return;
    case 'word':
      checkWord(scalar, type, here, walk);
      return;
    case 'scalar':
      return;
  }
}

function checkTemplate(scalar: YamlScalar, site: SiteName, here: Here, walk: Walk): void {
  const key = here.entry.key;
  // A variable, header or argument may be empty; a script, a question, an address not.
  const spec = keyTable.task.get(key.text) ?? keyTable.http.get(key.text);
  const mustHoldText =
    site === 'run' ||
    site === 'approval' ||
    site === 'concurrency' ||
    (site === 'http' && (key.text === 'url' || key.text === 'http')) ||
    (spec?.key === 'working-directory' && site === 'working-directory');
  if (mustHoldText && scalar.text.trim() === '') {
    const span = scalar.end > scalar.start ? scalar : key;
    walk.reporter.report(span, 'no-value', `\`${key.text}\` has no value; text is expected`);
    return;
  }
  walk.templates.push({ site, scalar, ...here, isCondition: false });
}

function checkText(scalar: YamlScalar, here: Here, walk: Walk): void {
  const key = here.entry.key.text;
  if (scalar.text.trim() === '') {
    walk.reporter.report(scalar, 'no-value', `\`${key}\` has no value; text is expected`);
  } else if (scalar.text.includes('${{') && key !== 'pattern') {
    const message = `\`${key}\` is taken as it is; expressions are not evaluated here`;
    walk.reporter.report(scalar, 'not-evaluated', message, { severity: 'warning' });
  }
}

function checkDuration(scalar: YamlScalar, canBeZero: boolean, here: Here, walk: Walk): void {
  const key = here.entry.key.text;
  if (typeof scalar.value === 'number') {
    const text = scalar.text;
    const message = `\`${key}: ${text}\` has no unit; write for example ${text}s or ${text}m`;
    walk.reporter.report(scalar, 'bad-duration', message);
    return;
  }
  const parsed = parseDuration(scalar.text);
  if (!parsed.ok) walk.reporter.report(scalar, 'bad-duration', parsed.error.message);
  else if (parsed.value === 0 && !canBeZero) {
    walk.reporter.report(scalar, 'bad-duration', `\`${key}\` must be longer than nothing`);
  }
}

function checkNumber(
  scalar: YamlScalar,
  type: Extract<ValueType, { kind: 'integer' | 'number' }>,
  here: Here,
  walk: Walk,
): void {
  const { value } = scalar;
  if (typeof value !== 'number' || (type.kind === 'integer' && !Number.isInteger(value))) {
    wrongType(scalar, expectationOf(type), here, walk);
  } else if (!(value >= type.min && value <= type.max)) {
    const message = `\`${here.entry.key.text}\` must be from ${type.min} to ${type.max}, not ${scalar.text}`;
    walk.reporter.report(scalar, 'out-of-range', message);
  }
}

function checkWord(
  scalar: YamlScalar,
  type: Extract<ValueType, { kind: 'word' }>,
  here: Here,
  walk: Walk,
): void {
  const given = type.ignoreCase === true ? scalar.text.toUpperCase() : scalar.text;
  if (type.words.includes(given)) return;
  const message = `\`${here.entry.key.text}\` must be ${expectationOf(type)}, not "${scalar.text}"`;
  walk.reporter.reportWord(scalar, 'unknown-value', message, scalar.text, type.words);
}

function wrongType(value: YamlNode, expected: string, here: Here, walk: Walk): void {
  const key = here.entry.key.text;
  if (isEmpty(value) && value.start === value.end) {
    walk.reporter.report(
      here.entry.key,
      'no-value',
      `\`${key}\` has no value; ${expected} is expected`,
    );
    return;
  }
  const hint =
    value.kind === 'scalar' && value.text.includes('${{')
      ? '; expressions are not evaluated here'
      : '';
  const message = `\`${key}\` must be ${expected}, not ${describeNode(value)}${hint}`;
  walk.reporter.report(value, 'wrong-type', message);
}

/** What a value should be, in words. */
function expectationOf(type: ScalarType): string {
  switch (type.kind) {
    case 'text':
    case 'template':
      return 'text';
    case 'condition':
      return 'an expression';
    case 'duration':
      return 'a duration such as 30s or 5m';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'word':
      return wordsOf(type.words);
    case 'scalar':
      return 'text, a number, true or false';
  }
}

function wordsOf(words: readonly string[]): string {
  return words.length === 1
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;
}
