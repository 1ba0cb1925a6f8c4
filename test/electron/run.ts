// Runs test/integration in desktop VS Code, which is downloaded: `npm run test:electron --
// [--grep text]`, where `npm test` runs the same suite in a server build. The environment chooses:
//
//   VSCODE_VERSION       `stable`, `insiders` or `1.106.0`; default: the oldest supported, then stable
//   VSCODE_EXECUTABLE    an installed VS Code to use; nothing is downloaded
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { addCounts, noCounts, type Counts } from '../../scripts/counts.mjs';
import { bundleIntegrationSuite } from '../host/bundle-suite.ts';
import { repository } from '../host/hosts.ts';
import { countOutcomes, type Outcome } from '../host/outcomes.ts';
import { writeResults } from '../host/results.ts';

/** A desktop that takes longer hangs; a download is counted too. */
const limitMs = 10 * 60_000;

interface Manifest {
  readonly engines: { readonly vscode: string };
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { grep: { type: 'string', default: '' } } });
  const built = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: repository, stdio: 'inherit' });
  if (built.status !== 0) return 1;
  const suite = await bundleIntegrationSuite();
  const executable = process.env['VSCODE_EXECUTABLE'];
  const versions = executable === undefined ? await wantedVersions() : [undefined];
  let total = noCounts;
  for (const version of versions) {
    total = addCounts(total, await runOn(version, executable, suite, values.grep));
  }
  await writeResults('electron', total);
  return total.failed === 0 ? 0 : 1;
}

async function wantedVersions(): Promise<readonly string[]> {
  const asked = process.env['VSCODE_VERSION'];
  if (asked !== undefined && asked !== '') return [asked];
  const manifest = await readFile(path.join(repository, 'package.json'), 'utf8');
  const floor = (JSON.parse(manifest) as Manifest).engines.vscode.replace(/^[^\d]*/, '');
  return [floor, 'stable'];
}

async function runOn(
  version: string | undefined,
  executable: string | undefined,
  suite: string,
  grep: string,
): Promise<Counts> {
  console.log(`\nIntegration tests in desktop VS Code ${version ?? executable ?? ''}`);
  // A short path: the editor makes a socket below it, and macOS allows 103 characters.
  const scratch = await realpath(await mkdtemp(path.join(os.tmpdir(), 'aex-')));
  const workspace = path.join(scratch, 'workspace');
  const resultsFile = path.join(scratch, 'results.json');
  await cp(path.join(repository, 'test/integration/workspace'), workspace, { recursive: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    const run = runTests({
      ...(version !== undefined && { version }),
      ...(executable !== undefined && { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: repository,
      extensionTestsPath: suite,
      extensionTestsEnv: {
        AGENT_EXECUTOR_TEST_RESULTS: resultsFile,
        AGENT_EXECUTOR_TEST_WORKSPACE: workspace,
        AGENT_EXECUTOR_TEST_GREP: grep,
      },
      launchArgs: [
        workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--skip-welcome',
        '--skip-release-notes',
        ...['--user-data-dir', path.join(scratch, 'user')],
        // Chromium refuses its sandbox to root, as in a container.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    });
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${limitMs} ms`)), limitMs);
    });
    await Promise.race([run, limit]).catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
    });
    const written = await readFile(resultsFile, 'utf8').catch(() => undefined);
    // A suite that never wrote its results has failed, whatever the reason.
    if (written === undefined) return { ...noCounts, failed: 1 };
    return countOutcomes(JSON.parse(written) as readonly Outcome[]);
  } finally {
    clearTimeout(timer);
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
  }
}

await main().then(
  // A desktop that hangs must not hold the run.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
