import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runCommandLine } from './run-command-line.ts';
import { processTerminal } from './terminal.ts';

/** The version in the package.json next to the folder of the bundle. */
function readVersion(): string {
  const file = path.join(import.meta.dirname, '..', 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return manifest.version;
}

async function main(): Promise<void> {
  const terminal = processTerminal();
  const status = await runCommandLine(process.argv.slice(2), terminal, readVersion);
  await terminal.stdout.flush();
  await terminal.stderr.flush();
  terminal.dispose();
  // Timers and watchers of a command that is over must not keep the process alive.
  process.exit(status);
}

void main();
