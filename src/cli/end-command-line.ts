import { runCommandLine, type LoadCommand } from './run-command-line.ts';
import { processTerminal } from './terminal.ts';

/** The whole of the command line; ends the process with the command's exit status. */
export async function endCommandLine(
  argv: readonly string[],
  readVersion: () => string,
  loadCommand: LoadCommand,
): Promise<never> {
  const terminal = processTerminal();
  const status = await runCommandLine(argv, terminal, readVersion, loadCommand);
  await terminal.stdout.flush();
  await terminal.stderr.flush();
  terminal.dispose();
  // Timers and watchers of a command that is over must not keep the process alive.
  process.exit(status);
}
