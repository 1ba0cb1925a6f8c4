import { fail, messageOf, type Result } from '../model/result.ts';
import type { Command, CommandFailure } from './command.ts';
import { answerEarly } from './answer-early.ts';
import { commandList, isCommand, type CommandName } from './command-list.ts';
import { exitStatus } from './exit-status.ts';
import { didYouMean } from './arguments/nearest-word.ts';
import { parseArguments, splitCommand } from './arguments/parse-arguments.ts';
import { renderCommandHelp, renderOverview } from './arguments/render-help.ts';
import type { Terminal } from './terminal.ts';

/** Loads a command of the bundle, now that it is called for. */
export type LoadCommand = (name: CommandName) => Promise<Command>;

/** Runs one command line to its exit status. Never throws: a bug ends as one line, with its stack on request. */
export async function runCommandLine(
  argv: readonly string[],
  terminal: Terminal,
  readVersion: () => string,
  loadCommand: LoadCommand,
): Promise<number> {
  try {
    const ran = await dispatch(argv, terminal, readVersion, loadCommand);
    if (ran.ok) return ran.value;
    const { name } = splitCommand(argv);
    const prefix = name !== null && isCommand(name) ? `agent-executor ${name}` : 'agent-executor';
    const { message, hint, code } = ran.error;
    const help = code === 'usage' ? ` (see ${prefix} --help)` : '';
    terminal.stderr.write(`${prefix}: ${message}${hint === undefined ? help : `. ${hint}`}\n`);
    return ran.error.exitStatus ?? exitStatus.usage;
  } catch (thrown) {
    const isDebug = (terminal.environment['AGENT_EXECUTOR_DEBUG'] ?? '') !== '';
    const stack = isDebug && thrown instanceof Error ? thrown.stack : undefined;
    const advice = isDebug ? '' : ' (AGENT_EXECUTOR_DEBUG=1 shows where)';
    terminal.stderr.write(
      `agent-executor: unexpected error: ${messageOf(thrown)}${advice}\n${stack === undefined ? '' : `${stack}\n`}`,
    );
    return exitStatus.failed;
  }
}

async function dispatch(
  argv: readonly string[],
  terminal: Terminal,
  readVersion: () => string,
  loadCommand: LoadCommand,
): Promise<Result<number, CommandFailure>> {
  const early = answerEarly(argv, readVersion);
  if (early !== null) {
    terminal.stdout.write(early);
    return { ok: true, value: exitStatus.ok };
  }
  const { name, rest } = splitCommand(argv);
  if (name === null) return withoutCommand(rest, terminal);
  if (name === 'help') return help(rest, terminal, loadCommand);
  if (!isCommand(name)) return unknownCommand(name);
  const command = await loadCommand(name);
  const given = parseArguments(command.spec, rest);
  if (!given.ok) return given;
  if (given.value.has('help')) {
    terminal.stdout.write(renderCommandHelp(command.spec));
    return { ok: true, value: exitStatus.ok };
  }
  return command.run(terminal, given.value);
}

function withoutCommand(
  words: readonly string[],
  terminal: Terminal,
): Result<number, CommandFailure> {
  if (words.length === 0) {
    terminal.stderr.write(renderOverview(commandList));
    return { ok: true, value: exitStatus.usage };
  }
  return fail('usage', `there is no command in "${words.join(' ')}"`);
}

async function help(
  words: readonly string[],
  terminal: Terminal,
  loadCommand: LoadCommand,
): Promise<Result<number, CommandFailure>> {
  const name = words.find((word) => !word.startsWith('-')) ?? '';
  if (!isCommand(name)) return unknownCommand(name);
  terminal.stdout.write(renderCommandHelp((await loadCommand(name)).spec));
  return { ok: true, value: exitStatus.ok };
}

function unknownCommand(name: string): Result<number, CommandFailure> {
  const names = commandList.map((item) => item.name);
  return fail('usage', `unknown command "${name}"${didYouMean(name, names)}`);
}
