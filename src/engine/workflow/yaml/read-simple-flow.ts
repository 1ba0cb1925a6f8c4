import type { YamlEntry, YamlNode, YamlScalar } from './yaml-node.ts';

/** Thrown for what the simple reader leaves to the full parser; caught where the reading began. */
export class Unusual extends Error {
  override readonly name = 'Unusual';
}

/** The part of the simple reader that stays within one line: text, and flow collections. */
export class SimpleFlowReader {
  protected readonly text: string;
  protected at = 0;

  constructor(text: string) {
    this.text = text;
  }

  protected endOfLine(from: number): number {
    const end = this.text.indexOf('\n', from);
    return end === -1 ? this.text.length : end;
  }

  protected skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === space) this.at += 1;
  }

  /** At the end of the line, or at a comment. */
  protected isAtLineEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return code === newline || code === hash || Number.isNaN(code);
  }

  /** Whether a `:` stands there that ends a key. */
  protected isColonAt(at: number): boolean {
    if (this.text.charCodeAt(at) !== colon) return false;
    const next = this.text.charCodeAt(at + 1);
    return next === space || next === newline || Number.isNaN(next);
  }

  /** A key, up to its colon. Keys mean what is written, also `null` and `1`. */
  protected readKeyScalar(isFlow: boolean): YamlScalar {
    const first = this.text.charCodeAt(this.at);
    if (first === singleQuote || first === doubleQuote) return this.readQuoted();
    const start = this.at;
    if (!/[A-Za-z0-9_]/.test(this.text.charAt(start))) throw new Unusual();
    let at = start;
    while (!this.isColonAt(at)) {
      const code = this.text.charCodeAt(at);
      const isEnd = code === newline || Number.isNaN(code) || at - start > 200;
      if (isEnd || code === hash || (isFlow && isFlowMark(code))) throw new Unusual();
      if (code < space) throw new Unusual();
      at += 1;
    }
    const text = this.text.slice(start, at);
    if (text.endsWith(' ')) throw new Unusual();
    return { kind: 'scalar', value: text, text, style: 'plain', start, end: at, weight: 1 };
  }

  /** Text in quotes, within one line and with the common escapes only. */
  protected readQuoted(): YamlScalar {
    const start = this.at;
    const quote = this.text.charCodeAt(start);
    let value = '';
    let from = start + 1;
    for (let at = from; ; at += 1) {
      const code = this.text.charCodeAt(at);
      if (Number.isNaN(code) || code < space) throw new Unusual();
      if (code === backslash && quote === doubleQuote) {
        const escaped = escapes[this.text.charAt(at + 1)];
        if (escaped === undefined) throw new Unusual();
        value += this.text.slice(from, at) + escaped;
        at += 1;
        from = at + 1;
      } else if (code === quote) {
        value += this.text.slice(from, at);
        if (quote === singleQuote && this.text.charCodeAt(at + 1) === singleQuote) {
          value += "'";
          at += 1;
          from = at + 1;
          continue;
        }
        this.at = at + 1;
        const style = quote === singleQuote ? 'single' : 'double';
        return { kind: 'scalar', value, text: value, style, start, end: this.at, weight: 1 };
      }
    }
  }

  /** A value within a line; leaves the reader anywhere in it. */
  protected readFlowNode(isFlow: boolean, depth = 0): YamlNode {
    if (depth > 16) throw new Unusual();
    const code = this.text.charCodeAt(this.at);
    if (code === openBrace) return this.#readFlowMap(depth);
    if (code === openBracket) return this.#readFlowList(depth);
    if (code === singleQuote || code === doubleQuote) return this.readQuoted();
    return this.#readPlain(isFlow);
  }

  #readFlowMap(depth: number): YamlNode {
    const start = this.at;
    const entries: YamlEntry[] = [];
    let weight = 1;
    this.at += 1;
    this.skipSpaces();
    while (this.text.charCodeAt(this.at) !== closeBrace) {
      const key = this.readKeyScalar(true);
      if (!this.isColonAt(key.end)) throw new Unusual();
      if (entries.some((entry) => entry.key.text === key.text)) throw new Unusual();
      this.at = key.end + 1;
      this.skipSpaces();
      const value = this.#isFlowEnd() ? nothingAt(key.end) : this.readFlowNode(true, depth + 1);
      entries.push({ key, value });
      weight += 1 + value.weight;
      if (value.end > key.end) this.at = value.end;
      this.#afterFlowItem(closeBrace);
    }
    const end = this.at + 1;
    this.at = end;
    return { kind: 'map', entries, isFlow: true, start, end, weight };
  }

  #readFlowList(depth: number): YamlNode {
    const start = this.at;
    const items: YamlNode[] = [];
    let weight = 1;
    this.at += 1;
    this.skipSpaces();
    while (this.text.charCodeAt(this.at) !== closeBracket) {
      const item = this.readFlowNode(true, depth + 1);
      items.push(item);
      weight += item.weight;
      this.at = item.end;
      this.#afterFlowItem(closeBracket);
    }
    const end = this.at + 1;
    this.at = end;
    return { kind: 'list', items, isFlow: true, start, end, weight };
  }

  #isFlowEnd(): boolean {
    const code = this.text.charCodeAt(this.at);
    return code === comma || code === closeBrace;
  }

  /** Goes over a comma to the next item, or stays at the closing bracket. */
  #afterFlowItem(close: number): void {
    this.skipSpaces();
    const code = this.text.charCodeAt(this.at);
    if (code === close) return;
    if (code !== comma) throw new Unusual();
    this.at += 1;
    this.skipSpaces();
    // A comma before the bracket is right, and rare.
    if (this.text.charCodeAt(this.at) === close) throw new Unusual();
  }

  #readPlain(isFlow: boolean): YamlScalar {
    const { text, at: start } = this;
    const second = text.charCodeAt(start + 1);
    const first = text.charCodeAt(start);
    const isDash = first === dash && second > space && !(isFlow && isFlowMark(second));
    if (!isDash && !canStartPlain(first)) throw new Unusual();
    const { length } = text;
    let end = start;
    for (let at = start; at < length; at += 1) {
      const code = text.charCodeAt(at);
      // Letters and the like, by far the most.
      if (code >= letterA && code !== openBracket && code < openBrace && code !== closeBracket) {
        end = at + 1;
        continue;
      }
      if (code === newline) break;
      if (code === space) continue;
      if (code < space) throw new Unusual();
      if (code === hash && text.charCodeAt(at - 1) === space) break;
      if (code === colon && this.#isColonInPlain(at, isFlow)) throw new Unusual();
      if (isFlow && isFlowMark(code)) {
        if (code === openBrace || code === openBracket) throw new Unusual();
        break;
      }
      end = at + 1;
    }
    return { ...resolvePlain(text.slice(start, end)), style: 'plain', start, end, weight: 1 };
  }

  #isColonInPlain(at: number, isFlow: boolean): boolean {
    return this.isColonAt(at) || (isFlow && isFlowMark(this.text.charCodeAt(at + 1)));
  }
}

/** Characters that begin plain text wherever they stand; of the others some do, sometimes. */
function canStartPlain(code: number): boolean {
  return code < 128
    ? plainStarts.includes(String.fromCharCode(code))
    : code > 0xa0 && code < 0xd800;
}

const plainStarts = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./$(<=+;^~\\';

/** An empty value. */
export function nothingAt(offset: number): YamlScalar {
  return { ...resolvePlain(''), style: 'plain', start: offset, end: offset, weight: 1 };
}

/** Plain words that are no text. */
const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

/** What plain text means, by the core schema of YAML 1.2. */
export function resolvePlain(written: string): Pick<YamlScalar, 'kind' | 'value' | 'text'> {
  const kind = 'scalar';
  if (written.length <= 5) {
    const word = words.get(written);
    if (word !== undefined) return { kind, value: word, text: word === null ? '' : String(word) };
  }
  // Below `:` are digits and signs, with which all numbers begin.
  if (written.charCodeAt(0) > 0x39) return { kind, value: written, text: written };
  if (/^[-+]?\d{1,15}(\.\d{0,15})?$/.test(written)) {
    return { kind, value: Number(written), text: written };
  }
  // Other ways to write a number, or text that begins like one and is left to the one who knows.
  const isExotic = /^[-+]?(\.?\d+(\.\d*)?(e[-+]?\d+)?|\.inf|\.nan|0x[\da-f]+|0o[0-7]+)$/i.test(
    written,
  );
  if (isExotic) throw new Unusual();
  return { kind, value: written, text: written };
}

function isFlowMark(code: number): boolean {
  return (
    code === comma ||
    code === openBrace ||
    code === closeBrace ||
    code === openBracket ||
    code === closeBracket
  );
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  n: '\n',
  t: '\t',
};

const newline = 0x0a;
const dash = 0x2d;
const letterA = 0x41;
const space = 0x20;
const doubleQuote = 0x22;
const hash = 0x23;
const singleQuote = 0x27;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
