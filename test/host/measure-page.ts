import type { Frame } from 'playwright-core';
import { Dashboard } from '../e2e/dashboard.ts';
import { startInTerminal, type TestFolder } from '../e2e/test-folder.ts';
import { memoryOf } from './measure-idle.ts';
import type { MeasureReport } from './measure-report.ts';
import type { AppWindow } from './window.ts';

interface Message {
  readonly atMs: number;
  readonly bytes: number;
  readonly type: string;
}

const changingTasks = 20;
const frames = 240;
const pixelsAFrame = 70;

/** The dashboard of a window whose folder has many executions: what it shows first, is told and needs. */
export async function measurePage(
  window: AppWindow,
  folder: TestFolder,
  count: number,
  report: MeasureReport,
): Promise<void> {
  const what = `dashboard of ${count.toLocaleString('en')}`;
  const { page } = window;
  const before = await memoryOf(window);
  await page.addInitScript(() => {
    if (globalThis.parent === globalThis.self) return;
    // Not by frames: the content is written into a page that is there, which ends those.
    const timer = setInterval(() => {
      if (document.querySelector('.app .row:not(.row-empty)') === null) return;
      clearInterval(timer);
      requestAnimationFrame(() => {
        setTimeout(() => {
          (globalThis as { rowsAtMs?: number }).rowsAtMs = Date.now();
        });
      });
    }, 4);
  });
  await Dashboard.open(window);
  const opened: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    await window.openFile('workflows/start.yaml');
    const tab = page.locator('.tabs-container .tab', { hasText: 'Agent Executor' });
    await tab.evaluate((element) => {
      element.addEventListener('mousedown', () => {
        (globalThis as { clickedAtMs?: number }).clickedAtMs = Date.now();
      });
    });
    await tab.click();
    const frame = await new Dashboard(window).frame();
    await frame.waitForFunction(() => 'rowsAtMs' in globalThis);
    const rowsAtMs = await frame.evaluate(
      () => (globalThis as { rowsAtMs?: number }).rowsAtMs ?? NaN,
    );
    const clickedAtMs = await page.evaluate(
      () => (globalThis as { clickedAtMs?: number }).clickedAtMs ?? NaN,
    );
    opened.push(rowsAtMs - clickedAtMs);
  }
  report.addSpans(`${what}: click on its tab to rows painted`, opened);
  const dashboard = new Dashboard(window);
  const frame = await dashboard.frame();
  const after = await memoryOf(window);
  report.add(
    `${what}: memory of the page's process`,
    `heap ${((after.heap - before.heap) / 1e6).toFixed(1)} MB more with the dashboard (${(after.heap / 1e6).toFixed(0)} MB with the editor's own), resident ${((after.rss - before.rss) / 1e6).toFixed(0)} MB more`,
  );
  await measureScroll(frame, what, report);
  await measureMessages(window, folder, dashboard, what, report);
}

/** Every frame while the list is scrolled without a pause, and jumps to where nothing was shown yet. */
async function measureScroll(frame: Frame, what: string, report: MeasureReport): Promise<void> {
  const { spans, jumps, elements, empty } = await frame.evaluate(
    async ([count, pixels]) => {
      const list = document.querySelector('.list');
      if (list === null) throw new Error('there is no list');
      const nextFrame = (): Promise<number> =>
        new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      const spans: number[] = [];
      let last = await nextFrame();
      let most = 0;
      let empty = 0;
      for (let at = 0; at < (count ?? 0); at += 1) {
        list.scrollTop += pixels ?? 0;
        const now = await nextFrame();
        spans.push(now - last);
        last = now;
        empty += document.querySelector('.row-empty') === null ? 0 : 1;
      }
      const jumps: number[] = [];
      for (const top of [200_000, 50_000, 350_000, 100_000, 300_000]) {
        const from = performance.now();
        list.scrollTo(0, top);
        await nextFrame();
        await new Promise((resolve) => {
          setTimeout(resolve);
        });
        jumps.push(performance.now() - from);
        // Without what the editor puts into the page.
        most = Math.max(most, document.querySelectorAll('.app, .app *').length);
        await new Promise((resolve) => {
          setTimeout(resolve, 300);
        });
      }
      list.scrollTo(0, 0);
      return { spans, jumps, elements: most, empty };
    },
    [frames, pixelsAFrame],
  );
  report.addSpans(`${what}: frames while scrolling`, spans, 'p95 33 ms');
  report.add(
    `${what}: frames with rows that are still to come`,
    `${String(empty)} of ${String(frames)}`,
  );
  report.addSpans(`${what}: jump in the list to next frame`, jumps, '33 ms');
  report.add(`${what}: elements`, String(elements), '1,000');
}

/** What the page is told while an execution changes, in steps and then in a burst. */
async function measureMessages(
  window: AppWindow,
  folder: TestFolder,
  dashboard: Dashboard,
  what: string,
  report: MeasureReport,
): Promise<void> {
  const steps = Array.from({ length: changingTasks }, (_, at) => {
    const needs = at === 0 ? '' : `needs: t${String(at - 1)}, `;
    return `  t${String(at)}: { ${needs}run: 'sleep 0.2' }\n`;
  });
  await folder.write(
    'workflows/changes.yaml',
    `name: Changes\ndefaults: { shell: sh }\ntasks:\n${steps.join('')}`,
  );
  const frame = await dashboard.frame();
  const run = startInTerminal(folder, 'run', 'changes');
  await dashboard.row('Changes', ({ name }) => name === 'Changes');
  await dashboard.select('Changes');
  // From here on nothing is asked for: what comes is told.
  await frame.evaluate(() => {
    const messages: Message[] = [];
    addEventListener('message', ({ data }) => {
      const text = JSON.stringify(data);
      const type = (data as { type?: string } | null)?.type ?? '';
      messages.push({ atMs: performance.now(), bytes: text.length, type });
    });
    (globalThis as unknown as { messages: unknown }).messages = messages;
  });
  await run.finished;
  await dashboard.row('Changes', ({ status }) => status === 'Succeeded');
  await window.page.waitForTimeout(500);
  const messages = await frame.evaluate(
    () => (globalThis as unknown as { messages: readonly Message[] }).messages,
  );
  const bytes = messages.map((message) => message.bytes);
  const all = bytes.reduce((sum, value) => sum + value, 0);
  const inASecond = messages.map(
    ({ atMs }) => messages.filter((one) => one.atMs >= atMs && one.atMs < atMs + 1000).length,
  );
  report.addGoal(16, 'messages to the dashboard in a second', Math.max(...inASecond), 10);
  const types = [...new Set(messages.map(({ type }) => type))];
  console.log(`  ${types.join(', ')}`);
  const changes = changingTasks * 2 + 2;
  report.add(
    `${what}: messages for ${String(changes)} changes`,
    `${String(messages.length)}, ${(all / 1024).toFixed(1)} KB in all, ${Math.round(all / changes).toString()} bytes a change, the longest ${(Math.max(...bytes) / 1024).toFixed(1)} KB, at most ${String(Math.max(...inASecond))} in a second`,
    '16 KB each, 10 a second',
  );
}

/** From the click on a task to the end of its log of 200 MB in the dashboard, and from the row's button to an editor. */
export async function measureLog(
  window: AppWindow,
  folder: TestFolder,
  report: MeasureReport,
): Promise<void> {
  const line = 'the quick brown fox jumps over the lazy dog and runs on';
  await folder.write(
    'workflows/pours.yaml',
    `name: Pours\ndefaults: { shell: sh }\ntasks:\n  pour: { run: 'yes "${line}" | head -c 200000000; echo; echo the end' }\n  other: { needs: pour, run: 'echo hello' }\n`,
  );
  await startInTerminal(folder, 'run', 'pours').finished;
  const dashboard = await Dashboard.open(window);
  await dashboard.row('Pours', ({ name, status }) => name === 'Pours' && status === 'Succeeded');
  await dashboard.select('Pours');
  await dashboard.task('other', 'Succeeded');
  const frame = await dashboard.frame();
  const spans: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    await clickToLog(frame, 'other', 'hello');
    spans.push(await clickToLog(frame, 'pour', 'the end'));
  }
  report.addSpans('log of 200 MB in the dashboard: click to its end painted', spans);
  await window.views.row('Executions', 'Pours');
  await window.views.expand('Executions', 'Pours');
  await window.views.row('Executions', 'pour');
  const startMs = Date.now();
  await window.views.inlineAction('Executions', 'pour', 'Open Log');
  await window.page.locator('.view-line', { hasText: 'the end' }).waitFor({ timeout: 30_000 });
  report.add(
    'log of 200 MB in an editor: pointer on the row to its end in sight',
    `${String(Date.now() - startMs)} ms`,
  );
}

/** Milliseconds from a click on a task to the frame after its log holds `text`. */
function clickToLog(frame: Frame, task: string, text: string): Promise<number> {
  return frame.evaluate(
    async ([name, wanted]) => {
      const buttons = [...document.querySelectorAll<HTMLElement>('.task-table .task-button')];
      const from = performance.now();
      buttons.find((button) => button.textContent.trim() === name)?.click();
      const isThere = (): boolean =>
        document.querySelector('.log-text pre')?.textContent.includes(wanted ?? '') === true;
      while (!isThere() && performance.now() < from + 30_000) {
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      }
      return isThere() ? performance.now() - from : NaN;
    },
    [task, text],
  );
}
