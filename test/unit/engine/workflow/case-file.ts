import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Diagnostic, SourceRange } from '../../../../src/model/diagnostic.ts';
import {
  parseWorkflow,
  type ParsedWorkflow,
} from '../../../../src/engine/workflow/parse-workflow.ts';
import { createUsesResolver } from '../../../../src/engine/workflow/resolve-uses.ts';

/** A case of test/cases/workflow: a workflow text and what is said about it. */
export interface CaseFile {
  readonly file: string;
  readonly name: string;
  readonly input: string;
  /** How lines end in the input; a case file itself has plain newlines. */
  readonly newline?: 'crlf';
  /** Other workflow files, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Diagnostics, one a line; `> ` starts a related place of the one before. */
  readonly expect?: readonly string[];
  /** A part of the workflow that it is. */
  readonly workflow?: unknown;
  /** The text after all fixes were applied. */
  readonly fixed?: string;
}

export const casesFolder = join(import.meta.dirname, '../../../cases/workflow');

export function readCases(): readonly CaseFile[] {
  return readdirSync(casesFolder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const value = parse(readFileSync(join(casesFolder, file), 'utf8')) as Omit<CaseFile, 'file'>;
      return { ...value, file };
    });
}

export function textOfCase(one: CaseFile): string {
  return one.newline === 'crlf' ? one.input.replaceAll('\n', '\r\n') : one.input;
}

export function parseCase(one: CaseFile): ParsedWorkflow {
  const origin = {
    workspace: join(casesFolder, 'no-such-folder'),
    workflowsFolder: 'workflows',
    agent: 'main',
    path: 'workflows/main.yaml',
    textOf: (path: string) => one.files?.[path],
  };
  return parseWorkflow(textOfCase(one), {
    agent: origin.agent,
    path: origin.path,
    resolveUses: createUsesResolver(origin),
  });
}

export function describe(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.flatMap((diagnostic) => {
    const severity = diagnostic.severity === 'error' ? '' : `${diagnostic.severity} `;
    const head = `${place(diagnostic)} ${severity}${diagnostic.code} ${diagnostic.message}`;
    const related = diagnostic.related?.map((other) => `> ${place(other)} ${other.message}`) ?? [];
    return [head, ...related];
  });
}

function place({ line, column, endLine, endColumn }: SourceRange): string {
  return `${line}:${column}-${endLine}:${endColumn}`;
}

/** The text with the edits of every fix, the last place first so that no edit moves another. */
export function applyFixes(text: string, diagnostics: readonly Diagnostic[]): string {
  const lines = text.split('\n');
  const starts = lines.reduce<number[]>(
    (list, line) => [...list, (list.at(-1) ?? 0) + line.length + 1],
    [0],
  );
  const offset = (line: number, column: number): number => (starts[line - 1] ?? 0) + column - 1;
  const edits = diagnostics.flatMap((diagnostic) => diagnostic.fix?.edits ?? []);
  const different = new Map(edits.map((edit) => [JSON.stringify(edit), edit]));
  return [...different.values()]
    .map(({ range, text: replacement }) => ({
      start: offset(range.line, range.column),
      end: offset(range.endLine, range.endColumn),
      replacement,
    }))
    .sort((left, right) => right.start - left.start)
    .reduce((result, { start, end, replacement }) => {
      return result.slice(0, start) + replacement + result.slice(end);
    }, text);
}
