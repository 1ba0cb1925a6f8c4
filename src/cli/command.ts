import type { Failure, Result } from '../model/result.ts';
import type { Arguments } from './arguments/arguments.ts';
import type { Terminal } from './terminal.ts';

/** An option of a command. `value` is the placeholder of what follows it; without one it is a flag. */
export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  readonly value?: string;
  /** May be given more than once. */
  readonly isRepeatable?: boolean;
  readonly about: string;
}

/** An argument without a dash. A rest takes all that is left. */
export interface PositionalSpec {
  readonly name: string;
  readonly isRequired?: boolean;
  readonly isRest?: boolean;
  readonly about: string;
}

/** What `--help` shows and the parser checks. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs below the summary. */
  readonly details?: readonly string[];
  readonly positionals: readonly PositionalSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly { readonly command: string; readonly about: string }[];
}

/** One command: what it accepts, and what it does. The value is the exit status, a failure ends with 2 (or its own). */
export interface Command {
  readonly spec: CommandSpec;
  run(terminal: Terminal, given: Arguments): Promise<Result<number, CommandFailure>>;
}

/** Trouble that ends a command; `exitStatus` where it is not 2. */
export type CommandFailure = Failure & { readonly exitStatus?: number };

/** Accepted by every command. */
export const everywhere: readonly OptionSpec[] = [
  {
    name: 'workspace',
    short: 'C',
    value: 'DIR',
    about: 'Folder to work in (default: the nearest parent with workflows/ or .agent-executor/)',
  },
  { name: 'json', about: 'Print JSON for programs instead of text for people' },
  { name: 'help', short: 'h', about: 'Show this help' },
];
