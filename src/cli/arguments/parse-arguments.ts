import { fail, ok, type Result } from '../../model/result.ts';
import { everywhere, type CommandSpec, type OptionSpec } from '../command.ts';
import { Arguments } from './arguments.ts';
import { didYouMean } from './nearest-word.ts';

/** The command's name and all that was given to it; options that stand before the name are passed on. */
export interface SplitArguments {
  readonly name: string | null;
  readonly rest: readonly string[];
}

/** Finds the command among options that may stand before it (`agent-executor -C dir run hello`). */
export function splitCommand(argv: readonly string[]): SplitArguments {
  for (let index = 0; index < argv.length; index += 1) {
    const word = argv[index] ?? '';
    if (!word.startsWith('-') || word === '-') {
      return { name: word, rest: [...argv.slice(0, index), ...argv.slice(index + 1)] };
    }
    if (word === '-C' || word === '--workspace') index += 1;
  }
  return { name: null, rest: argv };
}

/** Parses what follows the command's name. Options and positionals may be mixed; `--` ends the options. */
export function parseArguments(spec: CommandSpec, argv: readonly string[]): Result<Arguments> {
  const known = [...spec.options, ...everywhere];
  const positionals: string[] = [];
  const options = new Map<string, string[]>();
  const words = [...argv];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '--') {
      positionals.push(...words);
      break;
    }
    const taken = word.startsWith('--')
      ? takeLong(word, known, words, options)
      : word.startsWith('-') && word !== '-'
        ? takeShort(word, known, words, options)
        : null;
    if (taken === null) positionals.push(word);
    else if (!taken.ok) return taken;
  }
  const given = new Arguments(positionals, options);
  if (given.has('help')) return ok(given);
  return checkPositionals(spec, given);
}

function takeLong(
  word: string,
  known: readonly OptionSpec[],
  words: string[],
  options: Map<string, string[]>,
): Result<void> {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  const option = known.find((candidate) => candidate.name === name);
  if (option === undefined) {
    const names = known.map((candidate) => `--${candidate.name}`);
    return fail('usage', `unknown option --${name}${didYouMean(`--${name}`, names, '')}`);
  }
  if (option.value === undefined) {
    if (equals >= 0) return fail('usage', `option --${name} takes no value`);
    return add(option, '', options);
  }
  return takeValue(option, equals < 0 ? undefined : word.slice(equals + 1), words, options);
}

function takeShort(
  word: string,
  known: readonly OptionSpec[],
  words: string[],
  options: Map<string, string[]>,
): Result<void> {
  for (let index = 1; index < word.length; index += 1) {
    const letter = word[index] ?? '';
    const option = known.find((candidate) => candidate.short === letter);
    if (option === undefined) {
      // `-json` is the usual slip for `--json`.
      const long = known.find((candidate) => candidate.name === word.slice(1));
      const hint = long === undefined ? '' : `; did you mean --${long.name}?`;
      return fail('usage', `unknown option -${long === undefined ? letter : word.slice(1)}${hint}`);
    }
    if (option.value === undefined) {
      add(option, '', options);
      continue;
    }
    const rest = word.slice(index + 1).replace(/^=/, '');
    return takeValue(option, rest === '' ? undefined : rest, words, options);
  }
  return ok(undefined);
}

function takeValue(
  option: OptionSpec,
  attached: string | undefined,
  words: string[],
  options: Map<string, string[]>,
): Result<void> {
  const value = attached ?? words.shift();
  const shown =
    option.short === undefined ? `--${option.name}` : `-${option.short}/--${option.name}`;
  if (value === undefined)
    return fail('usage', `option ${shown} needs a value: ${option.value ?? ''}`);
  return add(option, value, options);
}

function add(option: OptionSpec, value: string, options: Map<string, string[]>): Result<void> {
  const values = options.get(option.name) ?? [];
  if (option.value !== undefined && option.isRepeatable !== true && values.length > 0) {
    return fail('usage', `option --${option.name} was given twice`);
  }
  options.set(option.name, [...values, value]);
  return ok(undefined);
}

function checkPositionals(spec: CommandSpec, given: Arguments): Result<Arguments> {
  const count = given.positionals.length;
  const missing = spec.positionals.find(
    (item, index) => item.isRequired === true && index >= count,
  );
  if (missing !== undefined) {
    return fail('usage', `${missing.name} is missing: ${missing.about}`);
  }
  const hasRest = spec.positionals.some((item) => item.isRest === true);
  const extra = given.positionals[spec.positionals.length];
  if (extra !== undefined && !hasRest) {
    return fail('usage', `unexpected argument "${extra}"`);
  }
  return ok(given);
}
