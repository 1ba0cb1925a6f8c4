/** Values of plain YAML that begin and end on one line. */
import { NotPlain } from './not-plain.ts';
import type { YamlEntry, YamlNode, YamlScalar } from './yaml-node.ts';

/** A value and where it ends, which is before blanks and a comment. */
export interface LineValue {
  readonly node: YamlNode;
  readonly end: number;
}

/** Reads values at places of a text; throws `NotPlain` for what has other rules. */
export class PlainLine {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first place from `at` on that is no blank. */
  skipBlanks(at: number): number {
    let next = at;
    while (this.#text.charCodeAt(next) === space) next += 1;
    return next;
  }

  /** The value that begins at a place in a block. */
  readValue(at: number): LineValue {
    const first = this.#text.charAt(at);
    if (first === '[' || first === '{') return this.#readFlow(at, 0);
    if (first === "'" || first === '"') return this.#readQuoted(at, first);
    blockText.lastIndex = at;
    return this.#readPlain(at, blockText.exec(this.#text)?.[0]);
  }

  #readPlain(at: number, found: string | undefined): LineValue {
    // `: ` and a colon at the end would make it a key.
    if (found === undefined || found.includes(': ') || found.endsWith(':')) throw new NotPlain();
    const node = plainScalar(found, at);
    return { node, end: node.end };
  }

  #readQuoted(at: number, quote: string): LineValue {
    const pattern = quote === "'" ? singleQuoted : doubleQuoted;
    pattern.lastIndex = at;
    const written = pattern.exec(this.#text)?.[0];
    if (written === undefined) throw new NotPlain();
    const inner = written.slice(1, -1);
    const value = quote === "'" ? inner.replaceAll("''", "'") : unescape(inner);
    const end = at + written.length;
    const style = quote === "'" ? 'single' : 'double';
    const node = { kind: 'scalar', value, text: value, style, start: at, end, weight: 1 } as const;
    return { node, end };
  }

  /** A list or a map in brackets. */
  #readFlow(start: number, depth: number): LineValue {
    if (depth > maxFlowDepth) throw new NotPlain();
    return this.#text.charAt(start) === '['
      ? this.#readFlowList(start, depth)
      : this.#readFlowMap(start, depth);
  }

  #readFlowList(start: number, depth: number): LineValue {
    const words = this.#readWords(start);
    if (words !== null) return words;
    const items: YamlNode[] = [];
    let weight = 1;
    const end = this.#readParts(start, ']', (at) => {
      const { node, end: itemEnd } = this.#readFlowValue(at, depth);
      items.push(node);
      weight += node.weight;
      return itemEnd;
    });
    return { node: { kind: 'list', items, isFlow: true, start, end, weight }, end };
  }

  /** A list of nothing but words, such as thousands of names in `needs`; null for any other. */
  #readWords(start: number): LineValue | null {
    const text = this.#text;
    const items: YamlScalar[] = [];
    let at = this.skipBlanks(start + 1);
    for (;;) {
      const begin = at;
      if (!isLetter(text.charCodeAt(at))) return null;
      while (isWordPart(text.charCodeAt(at))) at += 1;
      const word = text.slice(begin, at);
      const next = text.charCodeAt(at);
      // Those that may mean something else are no longer than `false`.
      if ((next !== comma && next !== closing) || (word.length < 6 && isOtherWord(word)))
        return null;
      items.push(plainText(word, begin, at));
      at += 1;
      if (next === comma) at = this.skipBlanks(at);
      else {
        const weight = items.length + 1;
        return { node: { kind: 'list', items, isFlow: true, start, end: at, weight }, end: at };
      }
    }
  }

  #readFlowMap(start: number, depth: number): LineValue {
    const entries: YamlEntry[] = [];
    const names = new Set<string>();
    let weight = 1;
    const end = this.#readParts(start, '}', (at) => {
      flowKey.lastIndex = at;
      const name = flowKey.exec(this.#text)?.[0];
      if (name === undefined || names.has(name)) throw new NotPlain();
      names.add(name);
      const keyEnd = at + name.length;
      const place = { start: at, end: keyEnd, weight: 1 };
      const key = { kind: 'scalar', value: name, text: name, style: 'plain', ...place } as const;
      const valueStart = this.skipBlanks(keyEnd + 1);
      const isEmpty = /[,}]/.test(this.#text.charAt(valueStart));
      const { node, end: valueEnd } = isEmpty
        ? { node: nothingAt(keyEnd), end: valueStart }
        : this.#readFlowValue(valueStart, depth);
      entries.push({ key, value: node });
      weight += 1 + node.weight;
      return valueEnd;
    });
    return { node: { kind: 'map', entries, isFlow: true, start, end, weight }, end };
  }

  /** Reads parts between commas up to the closing bracket, and answers the place after it. */
  #readParts(start: number, close: string, readPart: (at: number) => number): number {
    let at = this.skipBlanks(start + 1);
    if (this.#text.charAt(at) === close) return at + 1;
    for (;;) {
      at = this.skipBlanks(readPart(at));
      const next = this.#text.charAt(at);
      if (next === close) return at + 1;
      if (next !== ',') throw new NotPlain();
      at = this.skipBlanks(at + 1);
    }
  }

  #readFlowValue(at: number, depth: number): LineValue {
    const first = this.#text.charAt(at);
    if (first === '[' || first === '{') return this.#readFlow(at, depth + 1);
    if (first === "'" || first === '"') return this.#readQuoted(at, first);
    flowText.lastIndex = at;
    return this.#readPlain(at, flowText.exec(this.#text)?.[0]);
  }
}

const maxFlowDepth = 10;
/** The first character of a plain text: none that means something else there. */
const first = String.raw`(?:[^\s\[\]{},#&*!|>'"%@\`?:-]|-(?=[^\s,\[\]{}]))`;
/** Up to the end of the line, or to a comment; blanks at its end are none of it. */
const blockText = new RegExp(`${first}(?:[^\\n #]|#| +(?=[^\\n #]))*`, 'y');
const flowText = new RegExp(`${first}(?:[^\\n ,\\[\\]{}#]| +(?=[^\\n ,\\[\\]{}#]))*`, 'y');
const flowKey = /[A-Za-z_][\w.-]{0,200}(?=:[ ,}])/y;
const singleQuoted = /'(?:[^'\n]|'')*'(?=[ \n,\]}])/y;
const doubleQuoted = /"(?:[^"\\\n]|\\[nt"\\/])*"(?=[ \n,\]}])/y;

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, letter: string) => escapes[letter] ?? letter);
}

/** The value of a key with nothing behind it. */
export function nothingAt(offset: number): YamlScalar {
  const place = { start: offset, end: offset, weight: 1 };
  return { kind: 'scalar', value: null, text: '', style: 'plain', ...place };
}

function plainScalar(written: string, start: number): YamlScalar {
  const value = plainValue(written);
  const text = value === null ? '' : typeof value === 'boolean' ? String(value) : written;
  const end = start + written.length;
  return { kind: 'scalar', value, text, style: 'plain', start, end, weight: 1 };
}

function plainValue(written: string): YamlScalar['value'] {
  if (written === 'true') return true;
  if (written === 'false') return false;
  if (written === 'null' || written === '~') return null;
  // Most are words, which need none of the patterns: each is compiled with its first use.
  if (!'-+.0123456789'.includes(written.charAt(0))) {
    if (isOtherWord(written)) throw new NotPlain();
    return written;
  }
  if (/^(?:0|-?[1-9]\d{0,14})$/.test(written) || /^-?(?:0|[1-9]\d{0,8})\.\d{1,6}$/.test(written)) {
    return Number(written);
  }
  if (otherNumber.test(written)) throw new NotPlain();
  return written;
}

/** Other ways to write a boolean, nothing, or a number. */
const otherWords = ['true', 'false', 'null'];
const isOtherWord = (text: string): boolean => otherWords.includes(text.toLowerCase());
const otherNumber =
  /^(?:[-+]?(?:\d+|0o[0-7]+|0x[\da-f]+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|\.inf)|\.nan)$/i;

function plainText(text: string, start: number, end: number): YamlScalar {
  return { kind: 'scalar', value: text, text, style: 'plain', start, end, weight: 1 };
}

/** A to Z, a to z and the underscore. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === underscore;
}

/** What may follow a letter in a word without a meaning of its own: also digits, `-` and `.`. */
function isWordPart(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === dash || code === dot;
}

const space = 32;
const comma = 44;
const dash = 45;
const dot = 46;
const closing = 93;
const underscore = 95;
