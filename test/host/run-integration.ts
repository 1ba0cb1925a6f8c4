// Runs test/integration inside the extension host of a real VS Code, on the oldest supported and
// on the newest one: `npm run test:integration -- [--host oldest|newest] [--grep text]`.
import { appendFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, format } from 'node:util';
import { addCounts, noCounts } from '../../scripts/counts.mjs';
import { newProfile, startBrowser } from './browser.ts';
import { bundleIntegrationSuite } from './bundle-suite.ts';
import { hostNames, isHostName, outFolder, repository, type HostName } from './hosts.ts';
import { installHost } from './install.ts';
import { countOutcomes, failedFiles, isWorthAnotherTry, type Outcome } from './outcomes.ts';
import { writeResults } from './results.ts';
import { lastLines } from './run-tool.ts';
import { remoteUri, startServer, windowUrl } from './server.ts';

/** A host that takes longer hangs; its screenshot and log say where. */
const hostLimitMs = Number(process.env['AGENT_EXECUTOR_HOST_LIMIT_MS'] ?? 4 * 60_000);

/** Marks what the suite says among everything that the editor writes to its console. */
const suitePrefix = '[suite] ';

const report = (line: string): void => console.log(line);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      host: { type: 'string' },
      grep: { type: 'string' },
      // The checkout, or another extension to try the harness on.
      extension: { type: 'string', default: repository },
    },
  });
  if (values.host !== undefined && !isHostName(values.host)) {
    console.error(`--host is one of ${hostNames.join(', ')}, not ${values.host}`);
    return 2;
  }
  const suite = await bundleIntegrationSuite();
  let total = noCounts;
  for (const name of values.host === undefined ? hostNames : [values.host]) {
    const run = (): Promise<readonly Outcome[]> =>
      runOn(name, suite, path.resolve(values.extension), values.grep ?? '');
    const first = await run();
    const isFine = !isWorthAnotherTry(failedFiles(first));
    if (!isFine) report('\nOnce more, in a new window');
    total = addCounts(total, isFine ? countOutcomes(first) : countOutcomes(first, await run()));
  }
  await writeResults('integration', total);
  return total.failed === 0 ? 0 : 1;
}

async function runOn(
  name: HostName,
  suite: string,
  extension: string,
  grep: string,
): Promise<readonly Outcome[]> {
  const host = await installHost(name, report);
  const startedAt = Date.now();
  report(`\nIntegration tests in VS Code ${host.vscodeVersion}`);
  const scratch = await realpath(await mkdtemp(path.join(os.tmpdir(), 'agent-executor-suite-')));
  const workspace = path.join(scratch, 'workspace');
  await cp(path.join(repository, 'test/integration/workspace'), workspace, { recursive: true });
  const resultsFile = path.join(scratch, 'results.json');
  const server = await startServer(host, {
    label: 'integration',
    takesPayload: true,
    settings: { 'security.workspace.trust.enabled': false },
    env: {
      AGENT_EXECUTOR_TEST_RESULTS: resultsFile,
      AGENT_EXECUTOR_TEST_WORKSPACE: workspace,
      AGENT_EXECUTOR_TEST_GREP: grep,
      AGENT_EXECUTOR_TEST_PREFIX: suitePrefix,
      FORCE_COLOR: process.stdout.isTTY ? '1' : '0',
    },
  });
  let timer: NodeJS.Timeout | undefined;
  let onExit = (_code: number): void => undefined;
  const log = (text: string): void => {
    appendFileSync(server.logFile, `${text}\n`);
    if (text.startsWith(suitePrefix)) console.log(text.slice(suitePrefix.length));
  };
  try {
    const browser = await startBrowser(report);
    try {
      const page = await (await newProfile(browser)).newPage();
      const end = new Promise<number | 'timeout'>((resolve) => {
        timer = setTimeout(() => resolve('timeout'), hostLimitMs);
        onExit = resolve;
      });
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) =>
        log(format(...args)),
      );
      await page.exposeFunction('codeAutomationExit', (code: number) => onExit(code));
      await page.goto(
        windowUrl(server, workspace, [
          ['extensionDevelopmentPath', remoteUri(server, extension)],
          ['extensionTestsPath', remoteUri(server, suite)],
        ]),
      );
      if ((await end) === 'timeout') {
        const picture = path.join(outFolder, 'screenshots', name, 'integration-timeout.png');
        await mkdir(path.dirname(picture), { recursive: true });
        await page.screenshot({ path: picture, timeout: 10_000 }).catch(() => undefined);
        console.error(`no end after ${String(hostLimitMs)} ms; screenshot ${picture}`);
      }
    } finally {
      clearTimeout(timer);
      await browser.close();
    }
    return await readOutcomes(resultsFile, server.logFile);
  } finally {
    await server.dispose();
    await rm(scratch, { recursive: true, force: true });
    report(
      `VS Code ${host.vscodeVersion}: ${String(Math.round((Date.now() - startedAt) / 1000))} s`,
    );
  }
}

/** A suite that never wrote its results has failed, whatever the reason. */
async function readOutcomes(resultsFile: string, logFile: string): Promise<readonly Outcome[]> {
  try {
    return JSON.parse(await readFile(resultsFile, 'utf8')) as readonly Outcome[];
  } catch {
    const end = lastLines(await readFile(logFile, 'utf8'));
    console.error(`The suite did not end; ${logFile} ends with`);
    console.error(end);
    const title = 'the integration suite did not end';
    return [{ title, file: '', state: 'failed', trouble: end, isHook: true }];
  }
}

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
