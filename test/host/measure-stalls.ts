import { Dashboard } from '../e2e/dashboard.ts';
import { startInTerminal, type TestFolder } from '../e2e/test-folder.ts';
import type { HostProbes, LoopReport, Stall } from './measure-probe.ts';
import type { MeasureReport } from './measure-report.ts';
import type { AppWindow } from './window.ts';

const executions = 10;
const tasks = 20;

/**
 * The loop of the extension host while ten executions of twenty tasks and a log of 50 MB run, which the dashboard
 * follows: first the same work in a folder that the window does not show, which is what the machine alone does to the
 * host, then in its own, then once more with a profile that says who kept the loop.
 */
export async function measureStalls(
  window: AppWindow,
  folder: TestFolder,
  elsewhere: TestFolder,
  probes: HostProbes,
  report: MeasureReport,
): Promise<void> {
  const [host] = await probes.hosts();
  if (host === undefined) throw new Error('there is no extension host to ask');
  for (const one of [folder, elsewhere]) await writeWorkflows(one);
  const dashboard = await Dashboard.open(window);
  const run = async (where: TestFolder, profile: boolean): Promise<LoopReport> => {
    await window.page.waitForTimeout(2000);
    await probes.start(host, { profile });
    await runAll(where, where === folder ? dashboard : null);
    return probes.stop(host);
  };
  const what = `extension host, ${String(executions)} executions of ${String(tasks)} tasks and a log of 50 MB`;
  const limit = 'none of ours over 8 ms';
  report.add(`${what}, in another folder`, describeDelays(await run(elsewhere, false)));
  const own = await run(folder, false);
  report.add(what, describeDelays(own), limit);
  const judged = await run(folder, true);
  const mine = judged.stalls.filter(({ ourMs }) => (ourMs ?? 0) > 0);
  report.add(
    `${what}: stalls in which our code had a part (profile)`,
    `${String(mine.length)} of ${String(judged.stalls.length)}; ours in them ${describeParts(mine)}; ${Math.round(judged.ourMs).toString()} ms of processor time of ours in all`,
    limit,
  );
  const spawns = [...own.spawns, ...judged.spawns].filter(({ isOurs }) => isOurs);
  report.add(`${what}: processes that we started`, String(spawns.length), '0');
  report.addGoal(13, 'longest stall of the extension host by our work, ms', longestOurs(mine), 8);
  report.addGoal(13, 'processes that the extension host started', spawns.length, 0);
  for (const { file } of spawns) console.log(`  ${file}`);
  for (const stall of mine) console.log(`  ${JSON.stringify(stall)}`);
}

function describeDelays({ p50Ms, p99Ms, maxMs, looks, stalls }: LoopReport): string {
  const busy = stalls.filter(({ cpuMs }) => (cpuMs ?? 0) > 8);
  const longest = Math.max(0, ...busy.map(({ cpuMs }) => cpuMs ?? 0));
  return `late by p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)}, most ${maxMs.toFixed(0)} ms of ${String(looks)} looks; ${String(stalls.length)} stalls over 8 ms, ${String(busy.length)} of them by work of its own, the longest ${longest.toFixed(0)} ms`;
}

/** The longest of these stalls by our work. */
function longestOurs(stalls: readonly Stall[]): number {
  return Math.max(0, ...stalls.map(ourCpuMs));
}

/**
 * What of a stall was work of ours: of its processor time the part that we have of the profile's samples, which also count
 * while a processor has other work.
 */
function ourCpuMs({ ourMs = 0, busyMs = ourMs, cpuMs }: Stall): number {
  if (cpuMs === null || busyMs === 0) return ourMs;
  return Math.min(ourMs, (cpuMs * ourMs) / busyMs);
}

function describeParts(stalls: readonly Stall[]): string {
  const parts = stalls.map(ourCpuMs);
  return `at most ${Math.max(0, ...parts).toFixed(1)} ms of processor time, ${String(parts.filter((ms) => ms > 8).length)} of them over 8 ms`;
}

async function writeWorkflows(folder: TestFolder): Promise<void> {
  const steps = Array.from({ length: tasks }, (_, at) => {
    const needs = at === 0 ? '' : `needs: t${String(at - 1)}, `;
    return `  t${String(at)}: { ${needs}run: 'sleep 0.2' }\n`;
  });
  await folder.write(
    'workflows/steps.yaml',
    `name: Steps\ndefaults: { shell: sh }\ntasks:\n${steps.join('')}`,
  );
  const line = 'the quick brown fox jumps over the lazy dog and runs on';
  await folder.write(
    'workflows/pours.yaml',
    `name: Pours\ntasks:\n  pour: { shell: sh, run: 'for i in 1 2 3 4 5; do yes "${line}" | head -c 10000000; sleep 0.5; done' }\n`,
  );
}

async function runAll(folder: TestFolder, dashboard: Dashboard | null): Promise<void> {
  const log = startInTerminal(folder, 'run', 'pours', '--detach');
  await log.finished;
  await dashboard?.row('Pours', ({ name, status }) => name === 'Pours' && status === 'Running');
  await dashboard?.select('Pours');
  const runs = Array.from({ length: executions }, () => startInTerminal(folder, 'run', 'steps'));
  for (const { finished } of runs) {
    const { exitCode, output } = await finished;
    if (exitCode !== 0) throw new Error(`a run ended with ${String(exitCode)}: ${output}`);
  }
  await folder.over('pours');
}
