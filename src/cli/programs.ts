/** All commands: a bundle of its own that `main.ts` loads, see `load-bundle.ts`. */

/** The whole of the command line; ends the process with the command's exit status. */
export async function commandLine(
  argv: readonly string[],
  readVersion: () => string,
): Promise<never> {
  const { endCommandLine } = await import('./end-command-line.ts');
  const { loadCommand } = await import('./load-command.ts');
  return endCommandLine(argv, readVersion, loadCommand);
}
