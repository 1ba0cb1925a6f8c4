// node --import tsx test/webview/measure-dashboard.ts : figures of the dashboard with 10,000 executions, as one line of JSON. The built
// page in a headless browser, with the real session of the extension behind it; the editor between them is left out.
import type { Page } from 'playwright-core';
import { Bench } from './bench.ts';
import type { DashboardBed } from './dashboard-bed.ts';
import { fakeHistory } from './fake-executions.ts';

const rounds = 5;
const updates = 40;

/** What `watchRows` notes in the page, in milliseconds of its clock. */
interface Noted {
  messageAt?: number;
  rowsAt?: number;
}

/**
 * Runs in the page before its own script: notes the first message of the host, and when the first frame with rows has
 * gone through styles, layout and paint: a frame calls back before it begins with them.
 */
function watchRows(): void {
  const noted = globalThis as Noted;
  addEventListener('message', () => (noted.messageAt ??= performance.now()));
  const look = (): void => {
    if (document.querySelector('.row:not(.row-empty)') === null) requestAnimationFrame(look);
    else setTimeout(() => (noted.rowsAt = performance.now()));
  };
  requestAnimationFrame(look);
}

/**
 * What was noted, once rows are painted. Only a timer of the page waits for them: to wait for a selector the driver puts
 * 10 ms of script into the page, at times between the message and the rows.
 */
function painted(page: Page): Promise<Noted> {
  return page.evaluate(async (): Promise<Noted> => {
    while (!('rowsAt' in globalThis)) await new Promise((resolve) => setTimeout(resolve, 50));
    const { messageAt = NaN, rowsAt = NaN } = globalThis as Noted;
    return { messageAt, rowsAt };
  });
}

/** Milliseconds until the frame after a jump in the list is painted. */
function jumpMs(page: Page, top: number): Promise<number> {
  return page.$eval(
    '.list',
    (list, to) =>
      new Promise<number>((resolve) => {
        const from = performance.now();
        list.scrollTo(0, to);
        requestAnimationFrame(() => {
          setTimeout(() => {
            resolve(performance.now() - from);
          });
        });
      }),
    top,
  );
}

/** Milliseconds of scripts, styles and layout in the page for one changed row. */
async function rowUpdateMs(bed: DashboardBed): Promise<number> {
  const session = await bed.page.context().newCDPSession(bed.page);
  await session.send('Performance.enable');
  const busyMs = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    const names = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];
    return (
      metrics.reduce((sum, { name, value }) => sum + (names.includes(name) ? value : 0), 0) * 1000
    );
  };
  const before = await busyMs();
  for (let index = 0; index < updates; index += 1) {
    const name = `Name ${String(index)}`;
    bed.update(3, (execution) => ({ ...execution, name }));
    await bed.page.waitForSelector(`.row[aria-posinset="4"] >> text=${name}`);
  }
  return ((await busyMs()) - before) / updates;
}

const bench = await Bench.start();
const opened: number[] = [];
const frames: number[] = [];
const jumps: number[] = [];
const rows: number[] = [];
let elements = 0;
for (let round = 0; round < rounds; round += 1) {
  const bed = await bench.open({
    executions: fakeHistory(10_000, Date.now()),
    beforeScript: watchRows,
  });
  const { messageAt = NaN, rowsAt = NaN } = await painted(bed.page);
  frames.push(rowsAt - messageAt);
  opened.push(rowsAt);
  rows.push(await rowUpdateMs(bed));
  for (const top of [200_000, 50_000, 350_000]) {
    jumps.push(await jumpMs(bed.page, top));
    await bed.page.waitForFunction(() => document.querySelectorAll('.row-empty').length === 0);
    elements = Math.max(elements, await bed.page.$$eval('*', (all) => all.length));
  }
  await bed.close();
}
const bed = await bench.open({ executions: fakeHistory(1000, Date.now()) });
await bed.ready();
const sentBefore = bed.sent.length;
bed.update(3, (execution) => ({ ...execution, name: 'Changed' }));
await bed.page.waitForSelector('.row[aria-posinset="4"] >> text=Changed');
const bytes = bed.sent.slice(sentBefore).reduce((sum, message) => sum + message.bytes, 0);
const longest = Math.max(...bed.sent.map((message) => message.bytes));
await bed.close();
await bench.close();
console.log(JSON.stringify({ opened, frames, jumps, rows, elements, bytes, longest }));
