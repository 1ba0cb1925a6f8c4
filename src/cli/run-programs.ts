/**
 * What owns an execution, and nothing else: a bundle of its own that the two small files which are started load. Text and
 * compiled code of all other commands are half as much again to read, and take some milliseconds of each start.
 */
import type { Command } from './command.ts';
import type { CommandName } from './command-list.ts';

/** `agent-executor run`; ends the process with the command's exit status. */
export async function commandLine(
  argv: readonly string[],
  readVersion: () => string,
): Promise<never> {
  const { endCommandLine } = await import('./end-command-line.ts');
  return endCommandLine(argv, readVersion, loadRun);
}

/** The whole of the runner. */
export async function runner(): Promise<void> {
  const { runRequested } = await import('./run-requested.ts');
  await runRequested();
}

async function loadRun(name: CommandName): Promise<Command> {
  if (name !== 'run') throw new Error(`${name} is not in this bundle`);
  return (await import('./commands/run.ts')).command;
}
