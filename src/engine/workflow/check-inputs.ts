import { err, ok, type Result } from '../../model/result.ts';
import type { InputSpec, InputValue } from '../../model/workflow.ts';
import { suggestWord } from './suggest-word.ts';

/** Why a given input cannot be used. */
export interface InputProblem {
  readonly input: string;
  readonly message: string;
}

/** Longer texts belong into a file. An environment cannot hold much more. */
const maxTextLength = 100_000;

/**
 * Checks one given value, typed or as text from a command line, against its declaration. `undefined`, `null` and,
 * for other types than `string`, empty text are "not given": the default is taken, and without one it is an error
 * (call it for inputs that are given, or have a default, or are required).
 */
export function checkInput(spec: InputSpec, given: unknown): Result<InputValue, InputProblem> {
  const value = isGiven(spec, given) ? given : spec.default;
  if (value === null || value === undefined) {
    const hint = spec.description === null ? '' : ` (${spec.description})`;
    return problem(spec, `the input "${spec.name}"${hint} is required`);
  }
  switch (spec.type) {
    case 'boolean':
      return checkBoolean(spec, value);
    case 'number':
      return checkNumber(spec, value);
    case 'choice':
      return checkChoice(spec, value);
    case 'string':
      return checkText(spec, value);
    case 'file':
      return checkFile(spec, value);
  }
}

/**
 * Checks all given values: unknown names, missing and wrong values are problems, defaults are filled in. An
 * optional input that is not given and has no default is left out; expressions then see null.
 */
export function checkInputs(
  specs: readonly InputSpec[],
  given: Readonly<Record<string, unknown>>,
): Result<Readonly<Record<string, InputValue>>, readonly InputProblem[]> {
  const problems: InputProblem[] = [];
  const names = specs.map((spec) => spec.name);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const meant = suggestWord(name, names);
    const known = names.length === 0 ? 'the workflow has none' : `there are ${names.join(', ')}`;
    const hint = meant === null ? known : `did you mean "${meant}"?`;
    problems.push({ input: name, message: `unknown input "${name}"; ${hint}` });
  }
  const values: [string, InputValue][] = [];
  for (const spec of specs) {
    const value = Object.hasOwn(given, spec.name) ? given[spec.name] : undefined;
    if (!isGiven(spec, value) && spec.default === null && !spec.required) continue;
    const checked = checkInput(spec, value);
    if (checked.ok) values.push([spec.name, checked.value]);
    else problems.push(checked.error);
  }
  return problems.length > 0 ? err(problems) : ok(Object.fromEntries(values));
}

/** The expression of a declared pattern, for the whole text; null when it is none. */
export function compilePattern(pattern: string): RegExp | null {
  for (const flags of ['u', '']) {
    try {
      // On its own first: `a)|(b` would be whole only between our brackets.
      new RegExp(pattern, flags);
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      // Next try, or none.
    }
  }
  return null;
}

type Checked = Result<InputValue, InputProblem>;

function isGiven(spec: InputSpec, given: unknown): boolean {
  if (given === undefined || given === null) return false;
  // Empty text from a prompt is no answer, except where text is asked for and need not be there.
  return given !== '' || (spec.type === 'string' && !spec.required);
}

function checkBoolean(spec: InputSpec, value: unknown): Checked {
  if (typeof value === 'boolean') return ok(value);
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (word === 'true' || word === 'false') return ok(word === 'true');
  return problem(spec, `the input "${spec.name}" must be true or false, not ${show(value)}`);
}

function checkNumber(spec: InputSpec, value: unknown): Checked {
  const number = typeof value === 'string' ? readNumber(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    return problem(spec, `the input "${spec.name}" must be a number, not ${show(value)}`);
  }
  return checkPattern(spec, String(value), number);
}

function readNumber(text: string): number | null {
  const trimmed = text.trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed) ? Number(trimmed) : null;
}

function checkChoice(spec: InputSpec, value: unknown): Checked {
  const text = textOf(value);
  if (text !== null && spec.options.includes(text)) return ok(text);
  const meant = text === null ? null : suggestWord(text, spec.options);
  const hint = meant === null ? '' : `; did you mean "${meant}"?`;
  const options = spec.options.join(', ');
  return problem(
    spec,
    `the input "${spec.name}" must be one of ${options}, not ${show(value)}${hint}`,
  );
}

function checkText(spec: InputSpec, value: unknown): Checked {
  const text = textOf(value);
  if (text === null) {
    return problem(spec, `the input "${spec.name}" must be text, not ${show(value)}`);
  }
  if (text.length > maxTextLength) {
    return problem(spec, `the input "${spec.name}" is longer than ${maxTextLength} characters`);
  }
  if (text.includes('\0')) {
    return problem(
      spec,
      `the input "${spec.name}" has a NUL character, which no process can be given`,
    );
  }
  return checkPattern(spec, text, text);
}

function checkFile(spec: InputSpec, value: unknown): Checked {
  const checked = checkText(spec, value);
  if (!checked.ok || typeof checked.value !== 'string') return checked;
  const path = checked.value;
  const parts = path.split(/[\\/]/);
  let depth = 0;
  let isInside = !/^([\\/]|[A-Za-z]:)/.test(path);
  for (const part of parts) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) isInside = false;
  }
  if (isInside) return checked;
  const message = `the input "${spec.name}" must be a path inside the workspace folder, relative to it, not ${show(path)}`;
  return problem(spec, message);
}

function checkPattern(spec: InputSpec, text: string, value: InputValue): Checked {
  if (spec.pattern === null || compilePattern(spec.pattern)?.test(text) === true) return ok(value);
  return problem(
    spec,
    `the input "${spec.name}" must match ${spec.pattern}, and ${show(text)} does not`,
  );
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return typeof value;
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function problem(spec: InputSpec, message: string): Checked {
  return err({ input: spec.name, message });
}
