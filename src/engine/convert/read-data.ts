import { LineCounter, parseDocument } from 'yaml';
import { messageOf, fail, ok, type Result } from '../../model/result.ts';

/** A map of a file that somebody else designed. */
export type Data = Readonly<Record<string, unknown>>;

/** The largest file that is converted. */
const maxLength = 1024 * 1024;

/** Reads YAML into plain data; the root must be a map. Code `unreadable`. */
export function readYamlData(text: string): Result<Data> {
  if (text.length > maxLength) return fail('unreadable', 'The file is larger than 1 MiB.');
  try {
    const lineCounter = new LineCounter();
    // YAML 1.2, where `on` is no boolean.
    const document = parseDocument(text, { version: '1.2', lineCounter, logLevel: 'silent' });
    const [error] = document.errors;
    if (error !== undefined) return fail('unreadable', `It is not valid YAML: ${error.message}`);
    return rootOf(document.toJS({ maxAliasCount: 100 }));
  } catch (error) {
    return fail('unreadable', `It is not valid YAML: ${messageOf(error)}`);
  }
}

/** Reads JSON with comments and trailing commas into plain data; the root must be a map. Code `unreadable`. */
export function readJsonData(text: string): Result<Data> {
  if (text.length > maxLength) return fail('unreadable', 'The file is larger than 1 MiB.');
  try {
    return rootOf(JSON.parse(withoutComments(text)));
  } catch (error) {
    return fail('unreadable', `It is not valid JSON: ${messageOf(error)}`);
  }
}

/** The map that a value is; an empty one for anything else. */
export function mapOf(value: unknown): Data {
  return isMap(value) ? value : {};
}

/** The list that a value is; one value is a list of it, nothing is an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A plain value as text; undefined for maps, lists and nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** True for a map. */
export function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function rootOf(value: unknown): Result<Data> {
  return isMap(value) ? ok(value) : fail('unreadable', 'It holds no map.');
}

/** Strings stay as they are; comments and a comma before a closing bracket go. */
function withoutComments(text: string): string {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  return text
    .slice(start)
    .replaceAll(
      /("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[^]*?\*\//g,
      (_all, quoted: string | undefined) => quoted ?? ' ',
    )
    .replaceAll(
      /("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g,
      (_all, quoted: string | undefined) => quoted ?? '',
    );
}
