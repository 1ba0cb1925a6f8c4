/** What is loaded first: it answers what needs no command, and loads all others with code that is compiled already. */
import { readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { answerEarly } from './answer-early.ts';
import { splitCommand } from './arguments/parse-arguments.ts';
import { isCommand } from './command-list.ts';
import type * as Programs from './programs.ts';
import type * as RunPrograms from './run-programs.ts';

/** The version in the package.json next to the folder of the bundle. */
function readVersion(): string {
  const file = path.join(import.meta.dirname, '..', 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };
  return manifest.version;
}

/** Without `process.stdout`, which takes a tenth of the time of an empty process to make; then there is nothing left. */
function print(text: string): void {
  let rest = Buffer.from(text);
  try {
    // On Windows only `process.stdout` writes to a console what it means.
    while (process.platform !== 'win32' && rest.length > 0) {
      rest = rest.subarray(writeSync(1, rest));
    }
  } catch {
    // A pipe that is full or closed: what waits and what is silent about it is there for that.
  }
  if (rest.length === 0) process.exit();
  process.stdout.on('error', () => undefined).write(rest);
}

async function runCommand(argv: readonly string[]): Promise<void> {
  const { loadBundle } = await import('./load-bundle.ts');
  // What one command compiles is of little use to another one.
  const { name } = splitCommand(argv);
  const purpose = name !== null && isCommand(name) ? name : 'usage';
  if (purpose === 'run' || purpose === 'retry' || purpose === 'resume') {
    const { keepHeapLean } = await import('./lean-heap.ts');
    keepHeapLean();
  }
  const bundle = purpose === 'run' ? 'run.cjs' : 'programs.cjs';
  const file = path.join(import.meta.dirname, bundle);
  const { commandLine } = loadBundle(file, purpose) as typeof Programs | typeof RunPrograms;
  await commandLine(argv, readVersion);
}

const argv = process.argv.slice(2);
const early = answerEarly(argv, readVersion);
if (early === null) void runCommand(argv);
else print(early);
