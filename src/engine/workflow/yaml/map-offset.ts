import type { YamlScalar } from './yaml-node.ts';

/**
 * Where a place inside a scalar's value stands in the text of the file: the value has lost quotes, escapes,
 * indentation and folded line breaks. Walks value and source side by side; a caller asks only for diagnostics.
 */
export function sourceOffsetOf(text: string, scalar: YamlScalar, valueOffset: number): number {
  const value = scalar.text;
  const at = Math.max(0, Math.min(valueOffset, value.length));
  switch (scalar.style) {
    case 'plain':
    case 'single':
    case 'double':
      return walkFlow(text, scalar, value, at);
    case 'literal':
    case 'folded':
      return walkBlock(text, scalar, value, at);
  }
}

function walkFlow(text: string, scalar: YamlScalar, value: string, target: number): number {
  let source = scalar.start + (scalar.style === 'plain' ? 0 : 1);
  let at = 0;
  while (at < target && source < scalar.end) {
    const found = text.charAt(source);
    if (scalar.style === 'double' && found === '\\') {
      const escape = readEscape(text, source);
      source = escape.end;
      at += escape.length;
    } else if (scalar.style === 'single' && found === "'") {
      source += 2;
      at += 1;
    } else if (found === '\n' || found === '\r' || isFoldedBlank(text, source, scalar.end)) {
      // A line break and the blanks around it are one space, or one newline for each empty line.
      while (source < scalar.end && isBlank(text.charAt(source))) source += 1;
      while (at < target && (value.charAt(at) === ' ' || value.charAt(at) === '\n')) at += 1;
    } else {
      source += 1;
      at += 1;
    }
  }
  return Math.min(source, scalar.end);
}

function readEscape(text: string, at: number): { readonly end: number; readonly length: number } {
  const kind = text.charAt(at + 1);
  if (kind === 'x') return { end: at + 4, length: 1 };
  if (kind === 'u') return { end: at + 6, length: 1 };
  if (kind === 'U') {
    const isAstral = parseInt(text.slice(at + 2, at + 10), 16) > 0xffff;
    return { end: at + 10, length: isAstral ? 2 : 1 };
  }
  if (kind === '\n' || kind === '\r') {
    let end = at + 2;
    while (isBlank(text.charAt(end))) end += 1;
    return { end, length: 0 };
  }
  return { end: at + 2, length: 1 };
}

function walkBlock(text: string, scalar: YamlScalar, value: string, target: number): number {
  let source = text.indexOf('\n', scalar.start) + 1;
  if (source === 0) return scalar.start;
  const indent = blockIndent(text, source, scalar);
  let at = 0;
  source = skipIndent(text, source, indent);
  while (at < target && source < scalar.end) {
    const found = text.charAt(source);
    if (found === '\r' && text.charAt(source + 1) === '\n') source += 1;
    if (text.charAt(source) !== '\n') {
      source += 1;
      at += 1;
      continue;
    }
    source = skipIndent(text, source + 1, indent);
    const expected = value.charAt(at);
    // Folding turns one line break into a space, and drops the first of several.
    if (expected === '\n' || expected === ' ') at += 1;
  }
  return Math.min(source, scalar.end);
}

function blockIndent(text: string, from: number, scalar: YamlScalar): number {
  const header = /^[|>][-+]?(\d)?/.exec(text.slice(scalar.start, scalar.start + 4));
  let line = from;
  while (line < scalar.end) {
    let at = line;
    while (text.charAt(at) === ' ') at += 1;
    const first = text.charAt(at);
    if (first !== '\n' && first !== '\r') {
      if (header?.[1] === undefined) return at - line;
      // With an explicit indentation, the spaces that belong to the value are those it starts with.
      const own = scalar.text.replace(/^\n+/, '');
      return at - line - (own.length - own.trimStart().length);
    }
    line = text.indexOf('\n', at) + 1;
    if (line === 0) break;
  }
  return 0;
}

function skipIndent(text: string, from: number, indent: number): number {
  let at = from;
  while (at - from < indent && text.charAt(at) === ' ') at += 1;
  return at;
}

function isBlank(found: string): boolean {
  return found === ' ' || found === '\t' || found === '\n' || found === '\r';
}

/** Blanks that end a line are part of the fold. */
function isFoldedBlank(text: string, from: number, end: number): boolean {
  let at = from;
  while (at < end && (text.charAt(at) === ' ' || text.charAt(at) === '\t')) at += 1;
  return at > from && (text.charAt(at) === '\n' || text.charAt(at) === '\r');
}
