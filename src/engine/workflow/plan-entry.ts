import type { Span } from './reporter.ts';
import type { YamlEntry, YamlMap } from './yaml/yaml-node.ts';

/** One edit of the text. */
export interface PlannedEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * The edit that puts `line` into the map under `section` of `owner`, which is made before the key `before` (default:
 * at the start) where it is not there. Null where the place cannot be told.
 */
export function planEntry(
  text: string,
  owner: YamlMap,
  section: string,
  line: string,
  before?: string,
): PlannedEdit | null {
  const entry = owner.entries.find(({ key }) => key.text === section);
  if (entry === undefined) return planSection(text, owner, section, `{ ${line} }`, line, before);
  const { key, value } = entry;
  // A map that stands elsewhere, behind an alias, belongs to others too.
  if (value.start < owner.start || value.end > owner.end) return null;
  if (value.kind === 'map') {
    const [first] = value.entries;
    if (value.isFlow) {
      return insert(value.start + 1, first === undefined ? ` ${line} ` : ` ${line},`);
    }
    if (first === undefined) return null;
    const newline = newlineOf(text);
    return insert(
      first.key.start,
      `${line}${newline}${' '.repeat(columnOf(text, first.key.start))}`,
    );
  }
  const colon = /^["']?\s*:(?=[ \t]*(?:\r?\n|$))/.exec(text.slice(key.end));
  if (value.kind !== 'scalar' || value.value !== null || owner.isFlow || colon === null)
    return null;
  const indent = ' '.repeat(columnOf(text, key.start) + 2);
  return insert(key.end + colon[0].length, `${newlineOf(text)}${indent}${line}`);
}

/** The edit that puts `item` into the list under `section` of `owner`; as `planEntry`. */
export function planItem(
  text: string,
  owner: YamlMap,
  section: string,
  item: string,
  options: {
    readonly before?: string;
    /** One item is written as this, not as a list. */
    readonly single?: string;
  } = {},
): PlannedEdit | null {
  const entry = owner.entries.find(({ key }) => key.text === section);
  if (entry === undefined) {
    const flow = options.single ?? `[${item}]`;
    return planSection(text, owner, section, flow, null, options.before);
  }
  const { value } = entry;
  if (value.start < owner.start || value.end > owner.end) return null;
  if (value.kind === 'scalar' && value.value !== null) {
    return { span: value, text: `[${text.slice(value.start, value.end)}, ${item}]` };
  }
  const last = value.kind === 'list' ? value.items.at(-1) : undefined;
  if (value.kind !== 'list' || last === undefined) return null;
  if (value.isFlow) return insert(last.end, `, ${item}`);
  const lineStart = text.lastIndexOf('\n', last.start - 1) + 1;
  const dash = /^[ ]*- +/.exec(text.slice(lineStart, last.start))?.[0];
  return dash === undefined ? null : insert(last.end, `${newlineOf(text)}${dash}${item}`);
}

function planSection(
  text: string,
  owner: YamlMap,
  section: string,
  flow: string,
  /** As a block below the key; null keeps it in its line. */
  line: string | null,
  before: string | undefined,
): PlannedEdit | null {
  const place: YamlEntry | undefined =
    owner.entries.find(({ key }) => key.text === before) ?? owner.entries[0];
  if (place === undefined) return null;
  const at = place.key.start;
  if (owner.isFlow) return insert(at, `${section}: ${flow}, `);
  const newline = newlineOf(text);
  const indent = ' '.repeat(columnOf(text, at));
  const value = line === null ? ` ${flow}` : `${newline}${indent}  ${line}`;
  return insert(at, `${section}:${value}${newline}${indent}`);
}

function insert(at: number, text: string): PlannedEdit {
  return { span: { start: at, end: at }, text };
}

function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
