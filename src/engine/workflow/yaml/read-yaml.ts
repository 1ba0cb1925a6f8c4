import { Composer, Parser, type CST, type Document, type YAMLError, type YAMLWarning } from 'yaml';
import { messageOf } from '../../../model/result.ts';
import { convertNode, type YamlProblem } from './convert-node.ts';
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
  for (const error of [...document.errors, ...document.warnings]) {
    problems.push(toProblem(text, error));
  }
  if (second !== undefined) {
    const start = Math.max(0, text.lastIndexOf('---', second.contents?.range?.[0] ?? text.length));
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
  const start = Math.min(error.pos[0], text.length);
  const end = Math.min(Math.max(error.pos[1], start), text.length);
  return { start, end, ...wordSyntaxError(error.code, error.message, text.slice(start, end)) };
}
