// Drives a real VS Code with the built VSIX, as a person would: `npm run test:e2e --
// [--host newest|oldest] [--grep text] [--vsix file] [file…]`. Every test/e2e/*.e2e.ts runs on the
// newest host; `smoke*.e2e.ts` on the oldest supported one too. A file in which a test fails is run
// once more, in windows of its own: what passes then is flaky, unless AGENT_EXECUTOR_STRICT is 1.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { addCounts, noCounts, type Counts } from '../../scripts/counts.mjs';
import { builtVsix } from './built-vsix.ts';
import { findChromium } from './chromium.ts';
import { hostNames, isHostName, repository, type HostName } from './hosts.ts';
import { installHost } from './install.ts';
import {
  countOutcomes,
  failedFiles,
  isWorthAnotherTry,
  runMocha,
  type Outcome,
} from './outcomes.ts';
import { writeResults } from './results.ts';
import { SharedSeats } from './shared-seats.ts';
import type { SeatedContext } from './use-windows.ts';

const testLimitMs = 120_000;
const e2eFolder = path.join(repository, 'test/e2e');

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { host: { type: 'string' }, grep: { type: 'string' }, vsix: { type: 'string' } },
    allowPositionals: true,
  });
  if (values.host !== undefined && !isHostName(values.host)) {
    console.error(`--host is one of ${hostNames.join(', ')}, not ${values.host}`);
    return 2;
  }
  process.env['AGENT_EXECUTOR_VSIX'] =
    values.vsix === undefined ? builtVsix() : path.resolve(values.vsix);
  await findChromium((line) => console.log(line));

  const given = positionals.map((file) => path.resolve(file));
  const all = readdirSync(e2eFolder)
    .filter((file) => file.endsWith('.e2e.ts'))
    .sort()
    .map((file) => path.join(e2eFolder, file));
  let total = noCounts;
  for (const name of values.host === undefined ? hostNames : [values.host]) {
    const isAsked = given.length > 0 || name === 'newest';
    const files = given.length > 0 ? given : all.filter((file) => isAsked || isSmoke(file));
    if (files.length === 0) continue;
    total = addCounts(total, await runOn(name, files, values.grep));
  }
  await writeResults('e2e', total);
  return total.failed === 0 ? 0 : 1;
}

function isSmoke(file: string): boolean {
  return path.basename(file).startsWith('smoke');
}

async function runOn(
  name: HostName,
  files: readonly string[],
  grep: string | undefined,
): Promise<Counts> {
  const host = await installHost(name, (line) => console.log(line));
  console.log(`\nEnd-to-end tests in VS Code ${host.vscodeVersion}`);
  process.env['AGENT_EXECUTOR_HOST'] = name;
  const first = await runFiles(files, grep, `host=${name}`);
  const again = failedFiles(first);
  if (!isWorthAnotherTry(again)) return countOutcomes(first);
  console.log(
    `\nOnce more, in new windows: ${again.map((file) => path.basename(file)).join(', ')}`,
  );
  return countOutcomes(first, await runFiles(again, grep, `host=${name}&again`));
}

/** `query` makes a module of its own for each run: a second import would register nothing. */
async function runFiles(
  files: readonly string[],
  grep: string | undefined,
  query: string,
): Promise<readonly Outcome[]> {
  const mocha = new Mocha({ ui: 'bdd', reporter: 'spec', timeout: testLimitMs });
  if (grep !== undefined) mocha.grep(grep);
  const seats = new SharedSeats();
  Object.assign(mocha.suite.ctx, { seats } satisfies SeatedContext);
  for (const file of files) {
    // Tells the tests which file they are from.
    mocha.suite.emit('pre-require', globalThis, file, mocha);
    await import(`${file}?${query}`);
  }
  try {
    return await runMocha(mocha);
  } finally {
    await seats.dispose();
  }
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await main().then(
  // A browser that did not close must not hold the run.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
