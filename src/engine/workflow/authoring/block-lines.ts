/** A line of block style YAML, as far as its first characters tell. */
export interface BlockLine {
  /** Spaces before anything else. */
  readonly indent: number;
  /** Length of `- ` (with what spaces follow it); 0 without. */
  readonly dash: number;
  readonly key: string | null;
  /** What stands behind the key. */
  readonly value: string;
  readonly isBlank: boolean;
}

const keyPattern =
  /^(?:"([^"]*)"|'([^']*)'|([^\s'"#[\]{},|>&*!%@`-][^:#]*?|-[^\s:#][^:#]*?))\s*:(?:\s+(.*))?$/;

/** Where the line begins that an offset is on. A search from before the text would find a line end that it starts with. */
export function startOfLine(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** Reads the line that starts at an offset. */
export function readLine(text: string, start: number): BlockLine {
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline === -1 ? text.length : newline).replace(/\r$/, '');
  const indent = line.length - line.trimStart().length;
  const content = line.slice(indent);
  const dash = /^(?:-\s+)+|^-$/.exec(content)?.[0].length ?? 0;
  const found = keyPattern.exec(content.slice(dash));
  const isBlank = content === '' || content.startsWith('#') || content.startsWith('---');
  return {
    indent,
    dash,
    key: isBlank ? null : (found?.[1] ?? found?.[2] ?? found?.[3] ?? null),
    value: found?.[4] ?? '',
    isBlank,
  };
}

/** The keys above a line, outermost first. */
export interface Ancestors {
  readonly path: readonly string[];
  /** The line belongs to a text that spans several lines; the path ends at the text's key. */
  readonly isText: boolean;
}

/** Walks up from a line to everything that it is indented under. */
export function findAncestors(
  text: string,
  lineStart: number,
  indent: number,
  isItem: boolean,
): Ancestors {
  let path: string[] = [];
  let isText = false;
  let bound = indent;
  // The items of a list may stand right under its key.
  let canBeEqual = isItem;
  let start = lineStart;
  while (start > 0 && (bound > 0 || canBeEqual)) {
    start = startOfLine(text, start - 1);
    const line = readLine(text, start);
    if (line.isBlank) continue;
    const column = line.indent + line.dash;
    if (line.dash > 0 && line.indent < bound && column >= bound) {
      bound = line.indent;
      canBeEqual = true;
      continue;
    }
    const isAbove = line.dash > 0 ? column < bound : isUnder(line.indent, bound, canBeEqual);
    if (!isAbove) continue;
    if (line.key === null) {
      // A line that is being typed, or the inside of something that is no map.
      if (line.dash === 0) bound = Math.min(bound, line.indent + 1);
      continue;
    }
    const isOpen = /^(?:[&!]\S*\s*)*(?:#.*)?$/.test(line.value);
    if (isOpen) path.unshift(line.key);
    else {
      path = [line.key];
      isText = true;
    }
    bound = line.indent;
    canBeEqual = line.dash > 0;
  }
  return { path, isText };
}

function isUnder(indent: number, bound: number, canBeEqual: boolean): boolean {
  return indent < bound || (canBeEqual && indent === bound);
}

/** The keys of the map that has a key at a column, without the one on the line itself. */
export function siblingKeys(
  text: string,
  lineStart: number,
  column: number,
  dashAt: number | null,
): readonly string[] {
  const keys: string[] = [];
  let start = lineStart;
  while (start > 0 && dashAt === null) {
    start = startOfLine(text, start - 1);
    const line = readLine(text, start);
    if (line.isBlank) continue;
    const at = line.indent + line.dash;
    if (at === column && line.key !== null) keys.push(line.key);
    if (line.indent < column) break;
  }
  for (let at = nextLine(text, lineStart); at !== -1; at = nextLine(text, at)) {
    const line = readLine(text, at);
    if (line.isBlank) continue;
    if (line.indent < column) break;
    if (line.indent === column && line.dash === 0 && line.key !== null) keys.push(line.key);
  }
  return keys;
}

function nextLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline === -1 ? -1 : newline + 1;
}
