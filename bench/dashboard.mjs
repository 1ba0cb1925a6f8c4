// The dashboard with 10,000 executions, in a headless browser: test/webview/measure-dashboard.ts measures it.
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

/** What was measured before leaves files that the system still has to write; a browser needs all processors there are. */
const quiet = { busyShare: 0.1, lookMs: 500, atMostMs: 20_000 };

/** Ends when nothing else wants a processor, or when that takes too long. */
async function waitUntilQuiet() {
  if (process.platform !== 'win32') spawnSync('sync');
  const end = performance.now() + quiet.atMostMs;
  let before = processorTimes();
  while (performance.now() < end) {
    await pause(quiet.lookMs);
    const now = processorTimes();
    const busy = (now.busy - before.busy) / Math.max(1, now.all - before.all);
    if (busy < quiet.busyShare) return;
    before = now;
  }
}

function processorTimes() {
  let [busy, all] = [0, 0];
  for (const { times } of os.cpus()) {
    const sum = times.user + times.nice + times.sys + times.irq + times.idle;
    busy += sum - times.idle;
    all += sum;
  }
  return { busy, all };
}

/**
 * Rows in milliseconds, and counts for the goals; none of them where there is no browser.
 * @param {string} root
 * @returns {Promise<{ readonly rows: readonly { id: string, title: string, times: readonly number[] }[], readonly counts: { readonly elements: number, readonly bytes: number, readonly longest: number } | null }>}
 */
export async function measureDashboard(root) {
  await waitUntilQuiet();
  const args = ['--import', 'tsx', 'test/webview/measure-dashboard.ts'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
  });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) {
    console.error(`the dashboard was not measured: ${stderr.slice(0, 500)}`);
    return { rows: [], counts: null };
  }
  const { opened, frames, rows, jumps, ...counts } = JSON.parse(line);
  const title = 'dashboard of 10,000';
  return {
    rows: [
      { id: 'dashboard/opened', title: `${title}: page opened to rows painted`, times: opened },
      { id: 'dashboard/frame', title: `${title}: first message to rows painted`, times: frames },
      { id: 'dashboard/row', title: `${title}: work for one changed row`, times: rows },
      { id: 'dashboard/jump', title: `${title}: jump in the list to next frame`, times: jumps },
    ],
    counts,
  };
}
