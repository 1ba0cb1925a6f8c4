/** What the two small files that are started load: a bundle of its own, see `load-bundle.ts`. */

/** The whole of the command line; ends the process with the command's exit status. */
export async function commandLine(
  argv: readonly string[],
  readVersion: () => string,
): Promise<never> {
  const { runCommandLine } = await import('./run-command-line.ts');
  const { processTerminal } = await import('./terminal.ts');
  const terminal = processTerminal();
  const status = await runCommandLine(argv, terminal, readVersion);
  await terminal.stdout.flush();
  await terminal.stderr.flush();
  terminal.dispose();
  // Timers and watchers of a command that is over must not keep the process alive.
  process.exit(status);
}

/** The whole of the runner. */
export async function runner(): Promise<void> {
  const { runRequested } = await import('./run-requested.ts');
  await runRequested();
}
