import { posix } from 'node:path';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { parseWorkflow, type ParsedWorkflow } from '../workflow/parse-workflow.ts';
import { convertGithubActions } from './convert-github-actions.ts';
import { convertPackageScripts, listPackageScripts } from './convert-package-scripts.ts';
import { convertTaskfile, listTaskfileTasks } from './convert-taskfile.ts';
import { convertVscodeTasks, listVscodeTasks } from './convert-vscode-tasks.ts';
import { toId, unwritten, type Draft, type LeftOut, type Target } from './draft.ts';
import { readJsonData, readYamlData, type Data } from './read-data.ts';
import { writeWorkflow } from './write-workflow.ts';

/** A file that can be converted. */
export interface ConvertibleFile {
  readonly kind: 'github-actions' | 'taskfile' | 'package-scripts' | 'vscode-tasks';
  /** What it is, in words. */
  readonly title: string;
  /** Workspace-relative, with `/`. */
  readonly path: string;
  /** What can be chosen; none where the file is carried over as a whole. */
  readonly targets: readonly Target[];
  readonly data: Data;
}

/** The workflow that a file became. */
export interface ConvertedFile {
  /** A name for the agent. */
  readonly agent: string;
  readonly text: string;
  readonly left: readonly LeftOut[];
  /** What is still wrong with the text; empty, unless the source was very odd. */
  readonly problems: readonly Diagnostic[];
}

/** Recognises a file by its name and what is in it. Codes `not-convertible`, `unreadable`. */
export function readConvertible(path: string, text: string): Result<ConvertibleFile> {
  const name = posix.basename(path).toLowerCase();
  if (name === 'package.json') {
    return read(
      readJsonData(text),
      path,
      'package-scripts',
      'scripts of package.json',
      listPackageScripts,
    );
  }
  if (name === 'tasks.json') {
    return read(readJsonData(text), path, 'vscode-tasks', 'tasks of VS Code', listVscodeTasks);
  }
  if (/^taskfile(\.dist)?\.ya?ml$/.test(name)) {
    return read(readYamlData(text), path, 'taskfile', 'a Taskfile', listTaskfileTasks);
  }
  if (/\.ya?ml$/.test(name)) {
    const data = readYamlData(text);
    if (data.ok && 'jobs' in data.value) {
      return read(data, path, 'github-actions', 'a GitHub Actions workflow', () => []);
    }
  }
  return fail(
    'not-convertible',
    `${path} is none of what can be converted.`,
    'That is a GitHub Actions workflow, a Taskfile.yml, a package.json or a tasks.json.',
  );
}

/** Makes a workflow of a file, or of the chosen targets of it. Pure. Code `nothing-to-convert`. */
export function convertFile(
  file: ConvertibleFile,
  targets: readonly string[] = file.targets.filter((one) => one.isDefault).map(({ name }) => name),
): Result<ConvertedFile> {
  const draft = draftOf(file, targets);
  if (draft.tasks.size === 0) {
    const hint =
      file.targets.length === 0
        ? undefined
        : `Choose some of: ${file.targets.map(({ name }) => name).join(', ')}.`;
    return fail('nothing-to-convert', `${file.path} has nothing to run.`, hint);
  }
  const text = makeValid(draft, file.path);
  const { diagnostics } = check(text);
  const agent = agentOf(file, targets);
  const problems = diagnostics.filter(({ severity }) => severity === 'error');
  return ok({ agent, text, left: draft.left, problems });
}

function read(
  data: Result<Data>,
  path: string,
  kind: ConvertibleFile['kind'],
  title: string,
  list: (data: Data) => readonly Target[],
): Result<ConvertibleFile> {
  if (!data.ok) return data;
  return ok({ kind, title, path, targets: list(data.value), data: data.value });
}

function draftOf({ kind, data }: ConvertibleFile, targets: readonly string[]): Draft {
  switch (kind) {
    case 'github-actions':
      return convertGithubActions(data);
    case 'taskfile':
      return convertTaskfile(data, targets);
    case 'package-scripts':
      return convertPackageScripts(data, targets);
    case 'vscode-tasks':
      return convertVscodeTasks(data, targets);
  }
}

function agentOf({ kind, path }: ConvertibleFile, targets: readonly string[]): string {
  const [only, second] = targets;
  if (kind === 'github-actions') return toId(posix.basename(path).replace(/\.ya?ml$/i, ''));
  if (only !== undefined && second === undefined) return toId(only);
  return kind === 'taskfile' ? 'taskfile' : kind === 'package-scripts' ? 'scripts' : 'tasks';
}

/** Each round repairs one script or gives one task up, so this is enough for any file of a sane size. */
const maxRounds = 500;

/**
 * Hands what scripts may not interpolate over as variables, and gives up tasks that the language does not allow.
 */
function makeValid(draft: Draft, path: string): string {
  const given = new Map<string, number>();
  let text = writeWorkflow(draft, path);
  for (let round = 0; round < maxRounds; round += 1) {
    const parsed = check(text);
    const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    if (first === undefined) return text;
    const unsafe = errors.find(({ code, fix }) => code === 'unsafe-interpolation' && fix);
    const blocking = errors.find(({ code }) => code !== 'unsafe-interpolation');
    if (blocking === undefined && unsafe?.fix !== undefined) {
      text = applyFix(text, unsafe.fix.edits);
      continue;
    }
    const task = taskAt(parsed, draft, blocking ?? first);
    if (task === null || !giveUp(draft, task, (blocking ?? first).message, given)) return text;
    text = writeWorkflow(draft, path);
  }
  return text;
}

/** Makes a task one that has to be written: with its needs at first, with nothing else when that is wrong too. */
function giveUp(draft: Draft, task: string, message: string, given: Map<string, number>): boolean {
  const rounds = given.get(task) ?? 0;
  const original = draft.tasks.get(task);
  if (original === undefined || rounds > 1) return false;
  given.set(task, rounds + 1);
  const why = message.replaceAll('`', '');
  draft.leave(task, why);
  const needs = rounds === 0 ? original.fields['needs'] : undefined;
  const comment = original.comment ?? JSON.stringify(original.fields, null, 2);
  draft.add(task, { needs, ...unwritten(why) }, comment);
  return true;
}

function check(text: string): ParsedWorkflow {
  return parseWorkflow(text, { agent: 'converted', path: 'workflows/converted.yaml' });
}

/** The task that a message is about: the last one that begins at or above it. */
function taskAt(parsed: ParsedWorkflow, draft: Draft, { line }: Diagnostic): string | null {
  let found: string | null = null;
  for (const [id, range] of parsed.taskRanges) {
    if (range.line <= line && draft.tasks.has(id)) found = id;
  }
  return found;
}

function applyFix(text: string, edits: NonNullable<Diagnostic['fix']>['edits']): string {
  const lines = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  const offsetOf = (line: number, column: number): number => (lines[line - 1] ?? 0) + column - 1;
  return [...edits]
    .map(({ range, text: inserted }) => ({
      start: offsetOf(range.line, range.column),
      end: offsetOf(range.endLine, range.endColumn),
      inserted,
    }))
    .sort((one, other) => other.start - one.start)
    .reduce(
      (all, { start, end, inserted }) => all.slice(0, start) + inserted + all.slice(end),
      text,
    );
}
