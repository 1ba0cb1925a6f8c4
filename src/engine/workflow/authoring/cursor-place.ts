import type { Span } from '../reporter.ts';
import { findAncestors, readLine, siblingKeys, startOfLine } from './block-lines.ts';
import { scanLine } from './scan-line.ts';

/** Where in the structure of a file something is being written, read off lines and indentation alone. */
export interface CursorPlace {
  /** A key of a map, a value, or a line of a text that spans several. */
  readonly kind: 'key' | 'value' | 'text';
  /** The keys from the top; for a value the last one is its own. */
  readonly path: readonly string[];
  /** What stands between the start of the key or value and the cursor. */
  readonly typed: string;
  /** The whole key or value. */
  readonly replace: Span;
  /** Inside `{ }` or `[ ]`. */
  readonly isFlow: boolean;
  /** An item of a list. */
  readonly isItem: boolean;
  /** Keys that the map has besides this one. */
  readonly siblings: ReadonlySet<string>;
  /** Whether a `:` follows the key. */
  readonly hasColon: boolean;
}

/**
 * The place of an offset. Works in a text that is no YAML at the moment, since somebody is typing in it; null in a
 * comment and wherever nothing of ours can stand.
 */
export function findCursorPlace(text: string, offset: number): CursorPlace | null {
  const lineStart = startOfLine(text, offset);
  const start = findFlowStart(text, lineStart, offset) ?? lineStart;
  const line = readLine(text, start);
  // On an empty line the cursor says how deep it is.
  const isBlank = text.slice(lineStart, offset).trim() === '' && start === lineStart;
  const indent = isBlank ? offset - lineStart : line.indent;
  const contentAt = isBlank ? offset : start + line.indent + line.dash;
  const isItem = line.dash > 0 && !isBlank;
  if (contentAt > offset) return null;
  const above = findAncestors(text, start, indent, isItem);
  const scan = scanLine(text, contentAt, offset);
  if (above.isText) {
    const replace = { start: offset, end: offset };
    const path = above.path;
    const rest = { isFlow: false, isItem: false, siblings: new Set<string>(), hasColon: false };
    return { kind: 'text', path, typed: '', replace, ...rest };
  }
  if (scan === null) return null;
  const path = [...above.path, ...scan.path];
  const typedStart = scan.tokenStart;
  const typed = text.slice(typedStart, offset);
  const replace = { start: typedStart, end: endOfWord(text, offset, scan.isFlow) };
  const keys = scan.isFlow || isBlank ? scan.keys : [];
  const column = isItem ? line.indent + line.dash : indent;
  const siblings = new Set(
    scan.isFlow ? keys : siblingKeys(text, start, column, isItem ? line.indent : null),
  );
  const isKey = scan.isKey && !(isItem && !scan.isFlow && scan.path.length === 0);
  const hasColon = /^['"]?[ \t]*:(?:\s|$)/.test(text.slice(replace.end, replace.end + 20));
  return {
    kind: isKey ? 'key' : 'value',
    path,
    typed,
    replace,
    isFlow: scan.isFlow,
    isItem: scan.isItem || (isItem && scan.path.length === 0),
    siblings: isKey ? siblings : new Set(scan.items),
    hasColon: isKey && hasColon,
  };
}

/** How many lines a `{ }` or `[ ]` may have above the cursor. */
const maxFlowLines = 100;

/** The line on which a `{` or `[` was opened that is still open at the cursor. */
function findFlowStart(text: string, lineStart: number, offset: number): number | null {
  let start = lineStart;
  for (let count = 0; start > 0 && count < maxFlowLines; count += 1) {
    const end = start - 1;
    start = startOfLine(text, end);
    const line = text.slice(start, end);
    if (!/(?::\s+|^\s*-\s+)[[{]/.test(line)) {
      if (/^\S/.test(line) && count > 0) return null;
      continue;
    }
    const { indent, dash } = readLine(text, start);
    const scan = scanLine(text, start + indent + dash, offset);
    return scan?.isFlow === true ? start : null;
  }
  return null;
}

function endOfWord(text: string, offset: number, isFlow: boolean): number {
  let end = offset;
  const word = isFlow ? /[\w./-]/ : /[\w./-]/;
  while (end < text.length && word.test(text.charAt(end))) end += 1;
  return end;
}
