import { readFile } from 'node:fs/promises';
import { Dashboard } from '../e2e/dashboard.ts';
import type { HostProbes } from './measure-probe.ts';
import type { MeasureReport } from './measure-report.ts';
import type { AppWindow } from './window.ts';

const idleMs = 60_000;
const profileMs = 20_000;
/** A window that was just opened has things to do, and so has what it shows. */
export const calmMs = 30_000;

/** Processor time of the extension host and of the pages while nothing runs: dashboard in front, behind, closed. */
export async function measureIdle(
  window: AppWindow,
  probes: HostProbes,
  report: MeasureReport,
): Promise<void> {
  const [host] = await probes.hosts();
  if (host === undefined) throw new Error('there is no extension host to ask');
  const limit = '0.5 % of a core for what is ours';
  const state = async (what: string): Promise<void> => {
    const usage = await usageOf(window, probes);
    await probes.start(host, { profile: true });
    await window.page.waitForTimeout(profileMs);
    const { ourMs, places } = await probes.stop(host);
    const share = (ourMs / profileMs) * 100;
    const ours = `our code in it ${share.toFixed(2)} % (profile of 20 s)`;
    report.add(`idle for 60 s, ${what}`, `${usage}; ${ours}`, limit);
    console.log(`  ${places.join(', ')}`);
  };
  await Dashboard.open(window);
  await window.page.waitForTimeout(calmMs);
  await state('dashboard in front');
  await window.openFile('workflows/start.yaml');
  await state('dashboard behind another editor');
  await window.runCommand('View: Close All Editors');
  await state('dashboard closed');
}

/** The same for a window, whatever is in it. */
export async function usageOf(window: AppWindow, probes: HostProbes): Promise<string> {
  // What was opened settles.
  await window.page.waitForTimeout(5000);
  const before = await cpuMs(window, probes);
  await window.page.waitForTimeout(idleMs);
  const after = await cpuMs(window, probes);
  const share = (key: 'host' | 'pages'): string =>
    `${(((after[key] - before[key]) / idleMs) * 100).toFixed(2)} %`;
  return `extension host ${share('host')}, pages ${share('pages')} of a core`;
}

async function cpuMs(
  window: AppWindow,
  probes: HostProbes,
): Promise<{ host: number; pages: number }> {
  let host = 0;
  for (const pid of await probes.hosts()) {
    const { cpu } = await probes.usage(pid);
    host += (cpu.user + cpu.system) / 1000;
  }
  return { host, pages: (await pagesOf(window)).reduce((sum, { cpuMs }) => sum + cpuMs, 0) };
}

/** Heap of the page with its frames after a collection, and what its process holds, in bytes. */
export async function memoryOf(
  window: AppWindow,
): Promise<{ readonly heap: number; readonly rss: number }> {
  const session = await window.page.context().newCDPSession(window.page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  const pages = await pagesOf(window);
  let rss = 0;
  for (const { pid } of pages) {
    const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
    rss += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
  }
  return { heap: usedSize, rss };
}

/** The processes of a browser that draw pages. */
async function pagesOf(
  window: AppWindow,
): Promise<readonly { readonly pid: number; readonly cpuMs: number }[]> {
  const browser = window.page.context().browser();
  if (browser === null) return [];
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id, cpuTime }) => ({ pid: id, cpuMs: cpuTime * 1000 }));
}
