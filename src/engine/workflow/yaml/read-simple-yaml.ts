import { nothingAt, SimpleFlowReader, Unusual } from './read-simple-flow.ts';
import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml-node.ts';

/**
 * Reads the YAML that nearly every workflow is written in, some ten times as fast as the full parser: block maps
 * and lists, flow collections on one line, quoted and plain text on one line, literal blocks. Null for anything
 * else, right or wrong: then the full parser reads it, and words what is wrong. What it reads it reads exactly
 * as the full one; a test holds the two together over all cases and thousands of mutations.
 */
export function readSimpleYaml(text: string): YamlMap | null {
  try {
    return new SimpleReader(text).readDocument();
  } catch (error) {
    if (error instanceof Unusual) return null;
    throw error;
  }
}

/** Nesting of a workflow is below ten. */
const maxDepth = 32;

class SimpleReader extends SimpleFlowReader {
  /** Spaces before `at` in its line; -1 at the end of the text. */
  #indent = 0;

  readDocument(): YamlMap {
    this.#nextLine(0);
    if (this.#indent !== 0) throw new Unusual();
    const root = this.#readMap(0, 0);
    if (this.at < this.text.length) throw new Unusual();
    return root;
  }

  /** Goes to the first content of the lines from a line's start on: over blank lines and comments. */
  #nextLine(lineStart: number): void {
    let start = lineStart;
    for (;;) {
      let at = start;
      while (this.text.charCodeAt(at) === space) at += 1;
      const code = this.text.charCodeAt(at);
      if (Number.isNaN(code)) {
        this.at = this.text.length;
        this.#indent = -1;
        return;
      }
      if (code !== newline && code !== hash) {
        if (code === tab || code === carriageReturn) throw new Unusual();
        if (at === start && this.#isMarker(at)) throw new Unusual();
        this.at = at;
        this.#indent = at - start;
        return;
      }
      start = this.endOfLine(at) + 1;
    }
  }

  /** `---`, `...` or `%` at the start of a line mean something to a document. */
  #isMarker(at: number): boolean {
    const start = this.text.slice(at, at + 3);
    return start === '---' || start === '...' || start.startsWith('%');
  }

  #readMap(indent: number, depth: number): YamlMap {
    if (depth > maxDepth) throw new Unusual();
    const start = this.at;
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    let weight = 1;
    let end = start;
    for (;;) {
      const key = this.#readKey();
      if (keys.has(key.text)) throw new Unusual();
      keys.add(key.text);
      const value = this.#readValue(key, indent, depth);
      entries.push({ key, value });
      weight += 1 + value.weight;
      end = value.end;
      if (this.#indent < indent) break;
      if (this.#indent > indent) throw new Unusual();
    }
    return { kind: 'map', entries, isFlow: false, start, end, weight };
  }

  #readKey(): YamlScalar {
    const key = this.readKeyScalar(false);
    if (!this.isColonAt(key.end)) throw new Unusual();
    this.at = key.end + 1;
    return key;
  }

  /** What stands behind `key:`; leaves the reader at the next content after it. */
  #readValue(key: YamlScalar, indent: number, depth: number): YamlNode {
    this.skipSpaces();
    if (!this.isAtLineEnd()) return this.#readInline(indent);
    this.#nextLine(this.endOfLine(this.at) + 1);
    if (this.#indent > indent) return this.#readBlock(this.#indent, depth + 1);
    // A list may stand as deep as the key it belongs to.
    if (this.#indent === indent && this.#isDash()) return this.#readList(indent, depth + 1);
    return nothingAt(key.end);
  }

  #readBlock(indent: number, depth: number): YamlNode {
    return this.#isDash() ? this.#readList(indent, depth) : this.#readMap(indent, depth);
  }

  #isDash(): boolean {
    if (this.text.charCodeAt(this.at) !== dash) return false;
    const next = this.text.charCodeAt(this.at + 1);
    return next === space || next === newline || Number.isNaN(next);
  }

  #readList(indent: number, depth: number): YamlList {
    if (depth > maxDepth) throw new Unusual();
    const start = this.at;
    const items: YamlNode[] = [];
    let weight = 1;
    let end = start;
    do {
      this.at += 1;
      this.skipSpaces();
      if (this.isAtLineEnd() || this.#isDash()) throw new Unusual();
      const item = this.#readItem(indent, depth);
      items.push(item);
      weight += item.weight;
      end = item.end;
      if (this.#indent > indent) throw new Unusual();
    } while (this.#indent === indent && this.#isDash());
    return { kind: 'list', items, isFlow: false, start, end, weight };
  }

  /** An item is a map when its line starts with a key. */
  #readItem(indent: number, depth: number): YamlNode {
    const lineStart = this.text.lastIndexOf('\n', this.at - 1) + 1;
    if (!this.#startsWithKey()) return this.#readInline(indent);
    return this.#readMap(this.at - lineStart, depth + 1);
  }

  #startsWithKey(): boolean {
    const first = this.text.charCodeAt(this.at);
    if (first === openBrace || first === openBracket) return false;
    if (first === singleQuote || first === doubleQuote) {
      const { at } = this;
      const { end } = this.readQuoted();
      this.at = at;
      return this.isColonAt(end);
    }
    const end = this.endOfLine(this.at);
    for (let at = this.at; at < end; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code === colon && this.isColonAt(at)) return true;
      if (code === hash && this.text.charCodeAt(at - 1) === space) return false;
    }
    return false;
  }

  /** A value in the line of its key or dash; `indent` is that of the collection it belongs to. */
  #readInline(indent: number): YamlNode {
    const first = this.text.charCodeAt(this.at);
    if (first === pipe) return this.#readLiteral(indent);
    const value = this.readFlowNode(false);
    this.at = value.end;
    this.skipSpaces();
    if (!this.isAtLineEnd() || (value.end === this.at && this.text.charCodeAt(this.at) === hash)) {
      throw new Unusual();
    }
    this.#nextLine(this.endOfLine(this.at) + 1);
    return value;
  }

  #readLiteral(parentIndent: number): YamlScalar {
    const start = this.at;
    const isStripped = this.text.charCodeAt(start + 1) === dash;
    let lineStart = start + (isStripped ? 2 : 1);
    if (this.text.charCodeAt(lineStart) !== newline) throw new Unusual();
    lineStart += 1;
    let indent = -1;
    let lastContent = start + (isStripped ? 2 : 1);
    const lines: string[] = [];
    while (lineStart < this.text.length) {
      let at = lineStart;
      while (this.text.charCodeAt(at) === space) at += 1;
      const end = this.endOfLine(at);
      if (at === end) {
        // Blank lines before the first content may not be deeper than it.
        if (indent === -1 && at > lineStart) throw new Unusual();
        lines.push(indent === -1 ? '' : this.text.slice(Math.min(lineStart + indent, end), end));
      } else {
        if (indent === -1) {
          indent = at - lineStart;
          if (indent <= parentIndent) throw new Unusual();
        }
        if (at - lineStart < indent) {
          if (at - lineStart > parentIndent || this.text.charCodeAt(at) === tab)
            throw new Unusual();
          break;
        }
        lines.push(this.text.slice(lineStart + indent, end));
        lastContent = end;
      }
      lineStart = end + 1;
    }
    if (indent === -1) throw new Unusual();
    while (lines.at(-1) === '') lines.pop();
    const value = lines.join('\n') + (isStripped ? '' : '\n');
    if (value.includes('\r')) throw new Unusual();
    this.#nextLine(lineStart);
    let end = lastContent;
    while (/\s/.test(this.text.charAt(end - 1))) end -= 1;
    return { kind: 'scalar', value, text: value, style: 'literal', start, end, weight: 1 };
  }
}

const tab = 0x09;
const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const doubleQuote = 0x22;
const hash = 0x23;
const singleQuote = 0x27;
const dash = 0x2d;
const colon = 0x3a;
const openBracket = 0x5b;
const openBrace = 0x7b;
const pipe = 0x7c;
