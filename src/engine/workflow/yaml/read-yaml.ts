import { Composer, Parser, type CST, type Document, type YAMLError, type YAMLWarning } from 'yaml';
import { messageOf } from '../../../model/result.ts';
import { convertNode, type YamlProblem } from './convert-node.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import { wordSyntaxError } from './word-syntax-error.ts';
import type { YamlNode } from './yaml-node.ts';

/** The longest text that is read, in UTF-16 units. A 2,000-task file is about 400,000. */
export const maxTextLength = 1024 * 1024;

/** What a YAML text holds; `root` is null for an empty text or one beyond reading. */
export interface YamlText {
  readonly root: YamlNode | null;
  readonly problems: readonly YamlProblem[];
}

/** Reads a YAML text as far as it can be read. Never throws. */
export function readYaml(text: string): YamlText {
  const plain = text.length > maxTextLength ? null : readPlainYaml(text);
  return plain === null ? readWholeYaml(text) : { root: plain, problems: [] };
}

/** As `readYaml`, by the parser of the whole language whatever the text is. */
export function readWholeYaml(text: string): YamlText {
  if (text.length > maxTextLength) {
    const message = `the file is larger than ${maxTextLength / 1024 / 1024} MiB`;
    return { root: null, problems: [{ code: 'file-too-large', message, start: 0, end: 0 }] };
  }
  const tokens = [...new Parser().parse(text)];
  // Composing recurses, and the end of the stack inside a regular expression ends the whole process.
  const deep = findTooDeep(tokens);
  if (deep !== null) {
    const message = `the nesting is too deep; ${maxTokenDepth} levels are the limit`;
    return { root: null, problems: [{ code: 'too-deep', message, start: deep, end: deep + 1 }] };
  }
  try {
    return compose(text, tokens);
  } catch (error) {
    const message = `not readable: ${messageOf(error)}`;
    return { root: null, problems: [{ code: 'yaml-syntax', message, start: 0, end: 0 }] };
  }
}

function compose(text: string, tokens: readonly CST.Token[]): YamlText {
  const problems: YamlProblem[] = [];
  const options = {
    version: '1.2',
    // Ours names both places and is linear; the parser's own check is quadratic.
    uniqueKeys: false,
    logLevel: 'silent',
  } as const;
  const documents = [...new Composer(options).compose(tokens, true, text.length)];
  const [document, second] = documents;
  if (document === undefined) return { root: null, problems };
  const spoken = [...document.errors, ...document.warnings].slice(0, maxSyntaxErrors);
  problems.push(
    ...firstOfEachLine(
      text,
      spoken.map((error) => toProblem(text, error)),
    ),
  );
  if (second !== undefined) {
    const start = Math.max(0, text.lastIndexOf('---', second.contents?.range[0] ?? text.length));
    const message = 'a workflow file holds one document; remove the second one (`---`)';
    problems.push({ code: 'yaml-documents', message, start, end: start + 3 });
  }
  checkVersion(text, document, problems);
  const root = document.contents === null ? null : convertNode(text, document.contents, problems);
  return { root, problems };
}

function checkVersion(text: string, document: Document.Parsed, problems: YamlProblem[]): void {
  const { explicit, version } = document.directives.yaml;
  if (explicit !== true || version !== '1.1') return;
  const start = Math.max(0, text.indexOf('%YAML'));
  const message = 'workflow files are YAML 1.2; remove the `%YAML 1.1` line';
  problems.push({ code: 'yaml-version', message, start, end: start + '%YAML 1.1'.length });
}

const maxTokenDepth = 100;
/** A text that is no YAML at all has an error at every token. */
const maxSyntaxErrors = 200;

/** The offset of the first token that is nested too deeply; by a stack of its own, for the same reason. */
function findTooDeep(tokens: readonly CST.Token[]): number | null {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of tokens) open.push({ token, depth: 0 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maxTokenDepth) return token.offset;
    if (token.type === 'document') {
      if (token.value !== undefined) open.push({ token: token.value, depth });
    } else if ('items' in token) {
      for (const item of token.items) {
        if (item.key !== null && item.key !== undefined)
          open.push({ token: item.key, depth: depth + 1 });
        if (item.value !== undefined) open.push({ token: item.value, depth: depth + 1 });
      }
    }
  }
  return null;
}

function toProblem(text: string, error: YAMLError | YAMLWarning): YamlProblem {
  const [from, to] = error.pos;
  let start = Math.min(from, text.length);
  if (error.message.startsWith('Missing closing')) start = findOpenQuote(text, start);
  while (text.charAt(start) === ' ') start += 1;
  // A syntax error is about a place: what follows on later lines is only in its way.
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  const isPoint = to - from <= 1 && /\S/.test(text.charAt(start));
  const end = isPoint
    ? start + (/^[^\s:,[\]{}]+/.exec(text.slice(start, start + 200))?.[0].length ?? 1)
    : Math.max(start, Math.min(to, lineEnd));
  return { start, end, ...wordSyntaxError(error.code, error.message, text.slice(start, end)) };
}

/** The parser speaks at the end of the text; a reader looks for the quote. */
function findOpenQuote(text: string, end: number): number {
  const quote = text.lastIndexOf('"', end - 1) > text.lastIndexOf("'", end - 1) ? '"' : "'";
  let at = text.lastIndexOf(quote, end - 1);
  while (at > 0 && text.charAt(at - 1) === (quote === '"' ? '\\' : "'")) {
    at = text.lastIndexOf(quote, at - (quote === '"' ? 1 : 2));
  }
  return Math.max(0, at);
}

/** One mistake makes the parser speak several times: the first of a line is about the mistake. */
function firstOfEachLine(text: string, problems: readonly YamlProblem[]): readonly YamlProblem[] {
  const seen = new Set<number>();
  return problems.filter(({ start }) => {
    const line = text.lastIndexOf('\n', start - 1);
    if (seen.has(line)) return false;
    seen.add(line);
    return true;
  });
}
