// The dashboard with 10,000 executions, in a headless browser: test/webview/measure-dashboard.ts measures it.
import { spawnSync } from 'node:child_process';

/**
 * Rows in milliseconds, and counts for the goals; none of them where there is no browser.
 * @param {string} root
 * @returns {{ readonly rows: readonly { id: string, title: string, times: readonly number[] }[], readonly counts: { readonly elements: number, readonly bytes: number, readonly longest: number } | null }}
 */
export function measureDashboard(root) {
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
