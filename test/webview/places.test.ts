import assert from 'node:assert/strict';
import { violations } from './axe.ts';
import { useBench } from './bench.ts';
import type { BedOptions, DashboardBed } from './dashboard-bed.ts';
import { at, fakeExecution, fakeHistory, triedTask } from './fake-executions.ts';
import { makeScenes } from './scenes.ts';
import type { FolderExecution } from '../../src/extension/dashboard/dashboard-host.ts';
import { newTask } from '../unit/model/build-execution.ts';

describe('what a person needs first, in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  async function open(options: BedOptions | undefined): Promise<void> {
    bed = await bench.open(options);
    await bed.ready();
  }
  const isSeen = (selector: string): Promise<boolean> =>
    bed.page.locator(selector).evaluate((element) => {
      const box = element.getBoundingClientRect();
      const at = document.elementFromPoint(box.left + 30, (box.top + box.bottom) / 2);
      return at !== null && element.contains(at);
    });

  it('is a sample workflow, where there is nothing to run', async () => {
    await open({ executions: [], hasAgents: false });
    await bed.page.click('.empty vscode-button >> text=Create a Sample Workflow');
    await bed.page.waitForFunction(() => document.querySelector('.empty') !== null);
    assert.deepEqual(
      bed.commands.map(({ type }) => type),
      ['newWorkflow'],
    );
    assert.equal(await bed.page.locator('.top-bar-run').getAttribute('disabled'), '');
  });

  it('is why there is nothing, where the execution was removed while the page was away', async () => {
    const [first, second] = fakeHistory(2, Date.now());
    await open({ executions: [first!, second!] });
    await bed.page.click('.row[aria-posinset="2"]');
    await bed.page.waitForSelector('.row[aria-selected=true][aria-posinset="2"]');
    bed.executions = [first!];
    await bed.reload();
    await bed.page.waitForSelector('.detail >> text=This execution was removed');
    assert.deepEqual(await violations(bed), []);
    await bed.page.click('.detail vscode-button >> text=Show the first in the list');
    await bed.page.waitForSelector('.detail .task-table');

    bed.executions = [];
    await bed.reload();
    await bed.page.waitForSelector('.empty >> text=This execution was removed');
    await bed.page.waitForSelector('.empty vscode-button >> text=Run workflow');
    bed.change([first!]);
    await bed.page.waitForSelector('.detail .task-table');
  });

  it('is the picture of the tab that was chosen, and nothing around its pane moves', async () => {
    await open({ ...makeScenes(Date.now())['failed'], width: 924, height: 700 });
    await bed.page.click('#detail-tab-graph');
    await bed.page.waitForSelector('.node');
    await bed.page.waitForFunction(
      () => (document.querySelector('.detail-scroll')?.scrollTop ?? 0) > 0,
    );
    const tops = await bed.page.evaluate(() =>
      ['.app', '#detail-panel'].map((part) =>
        Math.round(document.querySelector(part)?.getBoundingClientRect().top ?? -1),
      ),
    );
    assert.equal(tops[0], 0);
    assert.ok((tops[1] ?? 0) > 100, String(tops));
  });

  it('is the task that failed, also as the 40th of a long table, and it is scrolled to only once', async () => {
    const failed = failedAt40(Date.now() - 60_000);
    const other = fakeHistory(1, Date.now() - 60_000);
    await open({ executions: [...other, failed] });
    await bed.page.click('.row[aria-posinset="2"]');
    await bed.page.waitForFunction(
      () => (document.querySelector('.detail-scroll')?.scrollTop ?? 0) > 100,
    );
    assert.equal(await isSeen('.task.shown'), true);
    await bed.page.$eval('.detail-scroll', (pane) => pane.scrollTo(0, 0));
    bed.update(1, (execution) => ({ ...execution, message: 'another message' }));
    await bed.page.waitForSelector('.detail-message >> text=another message');
    assert.equal(await bed.page.$eval('.detail-scroll', (pane) => pane.scrollTop), 0);
  });

  it('is the task that fails while one looks at its execution', async () => {
    const startMs = Date.now() - 60_000;
    const tasks = Array.from({ length: 60 }, (_, index) => newTask(`task ${String(index)}`));
    await open({ executions: [fakeExecution(1, 'running', startMs, { tasks })] });
    await bed.page.click('.row[aria-posinset="1"]');
    await bed.page.waitForSelector('.task >> text=task 0');
    assert.equal(await bed.page.$eval('.detail-scroll', (pane) => pane.scrollTop), 0);
    const times = { startMs, endMs: startMs + 1000 };
    const broken = triedTask('task 40', 'failed', times, {
      reason: 'exit',
      message: 'exit code 1',
    });
    bed.update(0, (execution) => ({
      ...execution,
      status: 'failed',
      finishedAt: at(startMs + 1000),
      tasks: tasks.map((task, index) => (index === 40 ? broken : task)),
    }));
    await bed.page.waitForFunction(
      () => (document.querySelector('.detail-scroll')?.scrollTop ?? 0) > 100,
    );
    assert.equal(await isSeen('.task.shown'), true);
  });

  it('is the task that failed also after a panel beside it was closed or opened', async () => {
    await open({ executions: [failedAt40(Date.now() - 60_000)], height: 450 });
    for (const height of [450, 700, 450, 900]) {
      await bed.page.setViewportSize({ width: 924, height });
      await bed.page.waitForFunction(() => {
        const row = document.querySelector('.task.shown');
        if (row === null) return false;
        const { left, top, bottom } = row.getBoundingClientRect();
        return row.contains(document.elementFromPoint(left + 30, (top + bottom) / 2));
      });
    }
  });

  for (const [width, height] of [
    [300, 800],
    [420, 720],
    [600, 560],
  ] as const) {
    it(`is the whole row of the task that failed, on a page of ${String(width)} × ${String(height)}`, async () => {
      await open({ ...makeScenes(Date.now())['failed'], width, height });
      await bed.page.waitForSelector('.log-text');
      await bed.page.waitForFunction(isWhole, '.task.shown');
    });
  }

  for (const scene of ['stuck', 'waiting']) {
    it(`is what asks for a person and its task, ${scene}, beside the views of a window of 1280 × 800`, async () => {
      await open({ ...makeScenes(Date.now())[scene], width: 932, height: 700 });
      await bed.page.waitForFunction(isWhole, '.notice vscode-button');
      await bed.page.waitForFunction(isWhole, '.task.shown');
    });

    it(`is what asks for a person, ${scene}, on a narrow page`, async () => {
      await open({ ...makeScenes(Date.now())[scene], width: 420, height: 720 });
      await bed.page.waitForFunction(isWhole, '.notice vscode-button');
    });
  }

  for (const theme of ['dark', 'high-contrast-light'] as const) {
    it(`has its place beside an open panel, and axe finds nothing wrong there, ${theme}`, async () => {
      await open({ ...makeScenes(Date.now())['failed'], theme, height: 450 });
      await bed.page.waitForSelector('.log-text');
      assert.equal(await isSeen('.task.shown'), true);
      assert.deepEqual(await violations(bed), []);
      await bed.page.click('.task.shown .task-button');
      assert.ok((await visibleHeight(bed, '.log-text')) >= 100);
      await bed.page.click('#detail-tab-graph');
      assert.ok((await visibleHeight(bed, '.zoom-box')) >= 100);
    });
  }

  it('is each day of the strip by keys as well', async () => {
    await open({ executions: fakeHistory(2000, Date.now()) });
    await bed.page.waitForSelector('.day[tabindex="0"]');
    assert.equal(await bed.page.locator('.overview .day[tabindex="0"]').count(), 1);
    await bed.page.focus('.overview .day[tabindex="0"]');
    await bed.page.keyboard.press('ArrowLeft');
    const name = await bed.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    assert.match(name ?? '', /^Show .*executions?, /);
    await bed.page.keyboard.press('Enter');
    await bed.page.waitForSelector('.day-chip');
    assert.deepEqual(await violations(bed), []);
  });

  it('is the day of the strip that the pointer is at, and its words', async () => {
    await open({ executions: fakeHistory(2000, Date.now()) });
    const strip = bed.page.locator('.overview .day-strip');
    const { width = NaN } = (await strip.boundingBox()) ?? {};
    const days = 90;
    // Yesterday, which has some at any time of today.
    const position = { x: (days - 1.5) * (width / days), y: 10 };
    await strip.hover({ position });
    const words = await bed.page.locator('.day-pointed title').textContent();
    assert.match(words ?? '', /: \d+ executions?, /);
    await strip.click({ position });
    await bed.page.waitForSelector('.day-chip');
  });

  it('is the run of an agent that the pointer is at, in words', async () => {
    await open({ executions: fakeHistory(2000, Date.now()) });
    const spark = bed.page.locator('.agent-strip .spark').first();
    await spark.hover({ position: { x: 2, y: 18 } });
    await bed.page.waitForFunction(() =>
      /^(Succeeded|Failed|Cancelled), /.test(
        document.querySelector('.agent-strip .spark title')?.textContent ?? '',
      ),
    );
  });

  it('is a task that is slower than it usually is', async () => {
    const nowMs = Date.now();
    const past = Array.from({ length: 6 }, (_, index) => {
      const startMs = nowMs - (index + 2) * 100_000;
      return fakeExecution(index, 'succeeded', startMs, {
        finishedAt: at(startMs + 10_000),
        tasks: [triedTask('test', 'succeeded', { startMs, endMs: startMs + 10_000 })],
      });
    });
    const startMs = nowMs - 32_100;
    const tasks = [triedTask('test', 'running', { startMs, endMs: null })];
    await open({ executions: [fakeExecution(99, 'running', startMs, { tasks }), ...past] });
    await bed.page.waitForSelector('.slow >> text=/^3\\.[2-9] × slower than usual \\(10 s\\)$/');
  });
});

/** In the page: whether nothing covers the upper or the lower edge of the first element that is meant. */
function isWhole(selector: string): boolean {
  const element = document.querySelector(selector);
  if (element === null) return false;
  const { left, top, bottom } = element.getBoundingClientRect();
  return [top + 2, bottom - 2].every((y) => {
    const at = document.elementFromPoint(left + 30, y);
    return at !== null && element.contains(at);
  });
}

/** An execution of 60 tasks, of which the 40th failed. */
function failedAt40(startMs: number): FolderExecution {
  const times = { startMs, endMs: startMs + 1000 };
  const tasks = Array.from({ length: 60 }, (_, index) =>
    index < 40
      ? triedTask(`task ${String(index)}`, 'succeeded', times)
      : index === 40
        ? triedTask('broken', 'failed', times, { reason: 'exit', message: 'exit code 1' })
        : newTask(`task ${String(index)}`, { status: 'skipped' }),
  );
  return fakeExecution(1, 'failed', startMs, { tasks, finishedAt: at(startMs + 1000) });
}

/** How much of an element can be seen, in pixels. */
function visibleHeight(bed: DashboardBed, selector: string): Promise<number> {
  return bed.page.locator(selector).evaluate((element) => {
    const box = element.getBoundingClientRect();
    return Math.min(box.bottom, window.innerHeight) - Math.max(0, box.top);
  });
}
