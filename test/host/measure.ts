// Prints how fast what happens is seen, and what it costs, in real windows with the built VSIX, and writes a table into
// out/measure/ that `npm run bench` takes the goals of the editor from:
//
//   npm run measure                        everything, about 15 minutes
//   npm run measure -- --only idle,sizes   start, transitions, stalls, typing, activation, page, log, idle, sizes
//   npm run measure -- --write-docs        also: the last figure of each kind into docs/performance.md
//
// Clocks agree, since everything is on this machine; other work on it makes the figures worse, so the load is told too.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeDocs } from '../../bench/write-docs.mjs';
import { growHistory, makeSmallWorkspace } from '../../bench/workspace.mjs';
import { TestFolder, startInTerminal } from '../e2e/test-folder.ts';
import { builtVsix } from './built-vsix.ts';
import { outFolder } from './hosts.ts';
import { measureChanges } from './measure-changes.ts';
import { calmMs, measureIdle, usageOf } from './measure-idle.ts';
import { measureLog, measurePage } from './measure-page.ts';
import { HostProbes } from './measure-probe.ts';
import { MeasureReport, quantile, toMarkdown, type MeasureResult } from './measure-report.ts';
import { measureStalls } from './measure-stalls.ts';
import { measureTyping } from './measure-typing.ts';
import { openWindow, type AppWindow } from './window.ts';

const historyLength = 10_000;
/** Without a graphics card each pixel costs: as large as a screen, and room for the rows of a round of changes. */
const measuredHeight = 1300;
const report = new MeasureReport();

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '10' },
    only: { type: 'string' },
    'write-docs': { type: 'boolean', default: false },
  },
});
const wanted = values.only?.split(',');
const rounds = Number(values.rounds);

function isWanted(...what: readonly string[]): boolean {
  return wanted === undefined || what.some((one) => wanted.includes(one));
}

async function main(): Promise<void> {
  process.env['AGENT_EXECUTOR_VSIX'] = builtVsix();
  if (isWanted('start', 'transitions', 'stalls', 'typing')) await inNewFolder(measureRuns);
  if (isWanted('activation', 'page', 'log', 'idle')) await inNewFolder(measureLongHistory);
  if (isWanted('idle')) await inNewFolder(measureWithoutUs);
  if (isWanted('sizes')) await printSizes();
  await keep(report.result);
}

/** Writes the figures beside those of runs before, and the last of each kind into the documentation where that is wanted. */
async function keep(result: MeasureResult): Promise<void> {
  const folder = path.join(outFolder, 'measure');
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, `${String(Date.now())}.json`),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  console.log(`\n${result.circumstances}\n\n${toMarkdown([result])}`);
  if (!values['write-docs']) return;
  const results: MeasureResult[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!name.endsWith('.json')) continue;
    const text = await readFile(path.join(folder, name), 'utf8');
    results.push(JSON.parse(text) as MeasureResult);
  }
  writeDocs('editor', `${result.circumstances}\n\n${toMarkdown(results)}`);
}

/** What runs, in a window and in two on one folder. */
async function measureRuns(folder: TestFolder, probes: HostProbes): Promise<void> {
  await folder.write(
    'workflows/one.yaml',
    'name: One\ntasks:\n  only: { shell: node, run: "0" }\n',
  );
  const window = await open(folder, probes);
  try {
    await window.views.row('Agents', 'one');
    if (isWanted('start')) {
      const spans = await measureStarts(window, folder, Number(values.runs));
      report.addSpans('Enter on an agent to its first start in the record', spans);
    }
    if (isWanted('stalls')) {
      await inNewFolder((elsewhere) => measureStalls(window, folder, elsewhere, probes, report));
    }
    if (isWanted('typing')) {
      report.addSpans('key to squiggle, 200 tasks', await measureTyping(window, folder, 20));
    }
    if (isWanted('transitions')) {
      const [host = 0] = await probes.hosts();
      const place = { probes, host };
      await window.page.setViewportSize({ width: 1440, height: measuredHeight });
      await measureChanges([{ name: 'own window', window }], folder, place, rounds, report);
      const second = await window.another();
      await show(second, measuredHeight);
      const both = [
        { name: 'own of two windows', window },
        { name: 'second window', window: second },
      ];
      await measureChanges(both, folder, place, rounds, report);
      await probes.endPaint(host);
      await second.close();
    }
  } finally {
    await folder.write('go');
    await window.close();
  }
}

/** A window on a folder with thousands of executions. */
async function measureLongHistory(folder: TestFolder, probes: HostProbes): Promise<void> {
  makeSmallWorkspace(folder.path);
  await startInTerminal(folder, 'run', 'start').finished;
  growHistory(folder.path, historyLength);
  await startInTerminal(folder, 'run', 'start').finished;
  const window = await open(folder, probes);
  try {
    await window.views.row('Agents', 'start');
    if (isWanted('page')) await measurePage(window, folder, historyLength, report);
    if (isWanted('log')) await measureLog(window, folder, report);
    if (isWanted('idle')) await measureIdle(window, probes, report);
    if (isWanted('activation')) await measureActivation(window);
  } finally {
    await window.close();
  }
}

/** The same editor with nothing of ours in it: what of the idle cost is its own. */
async function measureWithoutUs(folder: TestFolder, probes: HostProbes): Promise<void> {
  const vsix = process.env['AGENT_EXECUTOR_VSIX'];
  delete process.env['AGENT_EXECUTOR_VSIX'];
  const window = await openWindow({ workspace: folder.path, ...probes.options });
  process.env['AGENT_EXECUTOR_VSIX'] = vsix;
  try {
    await window.page.waitForTimeout(calmMs);
    report.add('idle for 60 s, the editor without this extension', await usageOf(window, probes));
  } finally {
    await window.close();
  }
}

async function inNewFolder(
  measure: (folder: TestFolder, probes: HostProbes) => Promise<void>,
): Promise<void> {
  const place = await mkdtemp(path.join(os.tmpdir(), 'agent-executor-measure-'));
  const probes = await HostProbes.make();
  try {
    await measure(new TestFolder(place), probes);
  } finally {
    await probes.dispose();
    await rm(place, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function open(folder: TestFolder, probes: HostProbes): Promise<AppWindow> {
  const window = await openWindow({ workspace: folder.path, ...probes.options });
  await show(window);
  return window;
}

async function show(window: AppWindow, height = 1900): Promise<void> {
  // Rows that are scrolled out of sight are not drawn.
  await window.page.setViewportSize({ width: 1440, height });
  await window.views.openContainer('Agent Executor');
}

/** From Enter on the agent in the palette's list to the moment in the record of the first start. */
async function measureStarts(
  window: AppWindow,
  folder: TestFolder,
  runs: number,
): Promise<readonly number[]> {
  const spans: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const known = (await folder.executions()).length;
    await window.runCommand('Agent Executor: Run Workflow…');
    await window.until('the agent', async () => {
      const rows = await window.quick.rows();
      return rows.some(({ label }) => label.includes('one')) ? true : undefined;
    });
    await window.quick.fill('one');
    const startMs = Date.now();
    await window.page.keyboard.press('Enter');
    await window.until('a new execution', async () =>
      (await folder.executions()).length > known ? true : undefined,
    );
    const execution = await folder.over('one');
    spans.push(Date.parse(execution.tasks[0]?.startedAt ?? '') - startMs);
  }
  return spans;
}

/** What the extension says of its own start, in the first window and after reloads, and what the editor says. */
async function measureActivation(window: AppWindow): Promise<void> {
  const own: number[] = [];
  const atWork: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    if (round > 0) await window.reload();
    await show(window);
    await window.views.row('Agents', 'start');
    const channel = await window.outputChannel();
    const [, took, worked] = /activated in ([\d.]+) ms, ([\d.]+) ms at work/.exec(channel) ?? [];
    own.push(Number(took));
    atWork.push(Number(worked));
  }
  await window.runCommand('Developer: Show Running Extensions');
  const told = await window.until('the running extensions', async () => {
    const row = window.page.locator('.runtime-extensions-editor .extension', {
      hasText: 'Agent Executor',
    });
    const text = await row.first().locator('.activation-time').innerText({ timeout: 2000 });
    return text === '' ? undefined : text;
  });
  const what = `activation, ${historyLength.toLocaleString('en')} executions on disk`;
  report.addSpans(`${what}: own work`, own, '20 ms');
  report.addSpans(`${what}: processor time of the host meanwhile`, atWork);
  report.addGoal(18, `${what}, median, ms`, quantile(own, 0.5), 20);
  report.add(`${what}: what the editor says`, told, 'load 25 ms, 50 ms in all');
}

async function printSizes(): Promise<void> {
  const vsix = process.env['AGENT_EXECUTOR_VSIX'] ?? '';
  const dist = path.resolve(path.dirname(vsix), '../dist');
  const files = (await readdir(dist, { recursive: true })).filter((file) =>
    /\.(cjs|js|css)$/.test(file),
  );
  for (const file of [...files.map((one) => path.join(dist, one)).sort(), vsix]) {
    const { size } = await stat(file);
    console.log(`${path.basename(file)}: ${(size / 1000).toFixed(1)} kB`);
    if (path.basename(file) === 'extension.cjs') {
      report.addGoal(18, 'bundle of the extension, KB', size / 1024, 250);
    }
  }
}

await main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
