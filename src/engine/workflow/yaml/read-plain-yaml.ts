/**
 * Reads the plain part of YAML that nearly all workflow files are written in, some twenty times as fast as the whole
 * language in a process that has just begun. It answers exactly what `readYaml` would, or nothing: whatever it does not
 * know for sure, and everything that somebody has to be told about, is left to the parser of the whole language.
 */
import { placeInCrlf } from './place-in-crlf.ts';
import { NotPlain } from './not-plain.ts';
import { nothingAt, PlainLine } from './plain-line.ts';
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml-node.ts';

/** The tree of a text; null for a text that is not plain. Never throws. */
export function readPlainYaml(text: string): YamlMap | null {
  const lines = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  // Line breaks of other kinds, tabs and what cannot be seen have rules of their own.
  if (!lines.endsWith('\n') || unusual.test(lines)) return null;
  if (lines !== text && /(?:^|[^\r])\n/.test(text)) return null;
  try {
    const root = new PlainReader(lines).read();
    return lines === text ? root : placeInCrlf(root, lines);
  } catch (error) {
    if (error instanceof NotPlain) return null;
    throw error;
  }
}

const unusual = /[\0-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;

/** Deeper ones are no workflow. */
const maxDepth = 20;
/** A key is found within this; longer ones are not. */
const keyPattern = /[A-Za-z_][\w.-]{0,200}(?=:(?: |\n))/y;

class PlainReader {
  readonly #text: string;
  readonly #line: PlainLine;
  /** Start of the line that is to be read, its first character that is no blank, and how far in that is. */
  #at = 0;
  #content = 0;
  #indent = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#line = new PlainLine(text);
  }

  read(): YamlMap {
    this.#findContent();
    if (this.#indent !== 0 || this.#isOver()) throw new NotPlain();
    const root = this.#readMap(0);
    if (!this.#isOver()) throw new NotPlain();
    return root;
  }

  #enter(): void {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new NotPlain();
  }

  /** A method, since it changes with what is read. */
  #isOver(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Goes to the next line, from this one on, that has something on it besides a comment. */
  #findContent(): void {
    const text = this.#text;
    while (this.#at < text.length) {
      let content = this.#at;
      while (text.charCodeAt(content) === space) content += 1;
      const first = text.charCodeAt(content);
      if (first !== newline && first !== hash) {
        this.#content = content;
        this.#indent = content - this.#at;
        return;
      }
      this.#at = text.indexOf('\n', content) + 1;
    }
    this.#content = text.length;
    this.#indent = -1;
  }

  /** Goes to what follows the line that `from` is in. */
  #nextLine(from: number): void {
    this.#at = this.#text.indexOf('\n', from) + 1;
    this.#findContent();
  }

  /** The map whose keys stand `indent` in; its first one is where the reader is. */
  #readMap(indent: number): YamlMap {
    this.#enter();
    const start = this.#content;
    const entries: YamlEntry[] = [];
    const names = new Set<string>();
    let weight = 1;
    do {
      const key = this.#readKey();
      if (names.has(key.text)) throw new NotPlain();
      names.add(key.text);
      const value = this.#readValue(key.end + 1, indent, key.end);
      entries.push({ key, value });
      weight += 1 + value.weight;
    } while (!this.#isOver() && this.#indent === indent);
    if (this.#indent > indent) throw new NotPlain();
    this.#depth -= 1;
    const end = entries.at(-1)?.value.end ?? start;
    return { kind: 'map', entries, isFlow: false, start, end, weight };
  }

  #readKey(): YamlScalar {
    keyPattern.lastIndex = this.#content;
    const name = keyPattern.exec(this.#text)?.[0];
    if (name === undefined) throw new NotPlain();
    const start = this.#content;
    const end = start + name.length;
    return { kind: 'scalar', value: name, text: name, style: 'plain', start, end, weight: 1 };
  }

  /** What stands behind a colon at `from`, or on the lines below it. */
  #readValue(from: number, indent: number, keyEnd: number): YamlNode {
    const begin = this.#line.skipBlanks(from);
    const first = this.#text.charCodeAt(begin);
    if (first === pipe || first === greater) return this.#readBlock(begin, indent);
    if (first === newline || (first === hash && begin > from)) {
      this.#nextLine(begin);
      if (this.#indent > indent) {
        return this.#isItem() ? this.#readList(this.#indent) : this.#readMap(this.#indent);
      }
      if (this.#indent === indent && this.#isItem()) return this.#readList(indent);
      return nothingAt(keyEnd);
    }
    return this.#readInline(begin, indent);
  }

  /** A value that begins and ends on this line. */
  #readInline(begin: number, indent: number): YamlNode {
    const { node, end } = this.#line.readValue(begin);
    const rest = this.#line.skipBlanks(end);
    const after = this.#text.charCodeAt(rest);
    if (after !== newline && !(after === hash && rest > end)) throw new NotPlain();
    this.#nextLine(rest);
    // It would go on there.
    if (this.#indent > indent) throw new NotPlain();
    return node;
  }

  #isItem(): boolean {
    const next = this.#text.charCodeAt(this.#content + 1);
    return this.#text.charCodeAt(this.#content) === dash && (next === space || next === newline);
  }

  /** The list whose dashes stand `indent` in. */
  #readList(indent: number): YamlList {
    this.#enter();
    const start = this.#content;
    const items: YamlNode[] = [];
    let weight = 1;
    do {
      const begin = this.#line.skipBlanks(this.#content + 1);
      const item = this.#readItem(begin, indent);
      items.push(item);
      weight += item.weight;
    } while (!this.#isOver() && this.#indent === indent && this.#isItem());
    if (this.#indent > indent) throw new NotPlain();
    this.#depth -= 1;
    return {
      kind: 'list',
      items,
      isFlow: false,
      start,
      end: items.at(-1)?.end ?? start,
      weight,
    };
  }

  #readItem(begin: number, indent: number): YamlNode {
    keyPattern.lastIndex = begin;
    if (keyPattern.test(this.#text)) {
      // A map whose first key stands behind the dash.
      const inner = begin - this.#at;
      this.#content = begin;
      this.#indent = inner;
      return this.#readMap(inner);
    }
    const first = this.#text.charCodeAt(begin);
    if (first === newline || first === hash || first === pipe || first === greater)
      throw new NotPlain();
    return this.#readInline(begin, indent);
  }

  /** A block of text: as it is behind `|`, as one line behind `>`. */
  #readBlock(start: number, indent: number): YamlScalar {
    const text = this.#text;
    const headEnd = text.indexOf('\n', start);
    const head = text.slice(start, headEnd);
    if (!/^(?:\|[-+]?|>-?)$/.test(head)) throw new NotPlain();
    const isFolded = head.startsWith('>');
    const lines: string[] = [];
    let inner = -1;
    let end = start + 1;
    let at = headEnd + 1;
    while (at < text.length) {
      const lineEnd = text.indexOf('\n', at);
      let content = at;
      while (text.charCodeAt(content) === space) content += 1;
      if (content === lineEnd) {
        // Blanks on an empty line may be part of the text.
        if (content > at) throw new NotPlain();
        lines.push('');
      } else {
        if (content - at <= indent) break;
        if (inner === -1) inner = content - at;
        if (content - at < inner) throw new NotPlain();
        lines.push(text.slice(at + inner, lineEnd));
        end = lineEnd;
      }
      at = lineEnd + 1;
    }
    if (inner === -1) throw new NotPlain();
    while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
    this.#at = at;
    this.#findContent();
    if (this.#indent > indent) throw new NotPlain();
    const value = isFolded ? fold(lines, head) : chomp(lines, head);
    const style = isFolded ? 'folded' : 'literal';
    return { kind: 'scalar', value, text: value, style, start, end, weight: 1 };
  }
}

/** Empty and indented lines among the others would not be folded. */
function fold(lines: readonly string[], head: string): string {
  const last = lines.findLastIndex((line) => line !== '');
  const told = lines.slice(0, last + 1);
  if (told.some((line) => line === '' || line.startsWith(' '))) throw new NotPlain();
  return `${told.join(' ')}${head === '>' ? '\n' : ''}`;
}

function chomp(lines: readonly string[], head: string): string {
  const all = `${lines.join('\n')}\n`;
  if (head === '|+') return all;
  const bare = all.replace(/\n+$/, '');
  return head === '|-' ? bare : `${bare}\n`;
}

const newline = 10;
const space = 32;
const hash = 35;
const dash = 45;
const greater = 62;
const pipe = 124;
