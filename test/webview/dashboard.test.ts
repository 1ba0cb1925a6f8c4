import assert from 'node:assert/strict';
import { maxMessageBytes } from '../../src/protocol/limits.ts';
import { violationsInAllThemes } from './axe.ts';
import { useBench } from './bench.ts';
import type { BedOptions, DashboardBed } from './dashboard-bed.ts';
import { at, fakeExecution, fakeHistory, triedTask } from './fake-executions.ts';
import { makeScenes } from './scenes.ts';
import { newTask } from '../unit/model/build-execution.ts';

describe('the dashboard in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  afterEach(() => {
    assert.deepEqual(
      bed.problems.filter((problem) => !isHarmless(problem)),
      [],
    );
  });

  async function open(options: BedOptions): Promise<void> {
    bed = await bench.open(options);
    await bed.ready();
  }
  const scroll = (): Promise<number> =>
    bed.page.$eval('.list', (element) => Math.round(element.scrollTop));
  const selected = (): Promise<string | null> =>
    bed.page.$eval('.row[aria-selected=true] .row-id', (element) => element.textContent);
  const waitSelected = (id: string): Promise<unknown> =>
    bed.page.waitForFunction(
      (wanted) =>
        document.querySelector('.row[aria-selected=true] .row-id')?.textContent === wanted &&
        document.querySelector('.fact code')?.textContent.endsWith(wanted) === true,
      id,
    );

  describe('axe finds nothing wrong', () => {
    for (const scene of ['running', 'failed', 'stuck', 'waiting', 'empty', 'error', 'narrow']) {
      it(`in ${scene}`, async () => {
        await open({ ...makeScenes(Date.now())[scene] });
        if (scene !== 'empty') await bed.page.waitForSelector('.log-text, .log-none');
        assert.deepEqual(await violationsInAllThemes(bed), []);
      });
    }
  });

  it('speaks German where the editor does, with a clock and numbers of that language', async () => {
    await open({ ...makeScenes(Date.now())['running'], language: 'de' });
    await bed.page.waitForSelector('.log-text');
    assert.deepEqual(await bed.page.locator('.tab').allTextContents(), [
      'Aufgaben3 von 8 erledigt',
      'Graph',
      'Zeitverlauf',
      'Ereignisse',
      'Ein- und Ausgaben',
    ]);
    await bed.page.waitForSelector('.row >> text="vor 1 min"');
    await bed.page.waitForSelector('.row >> text="1,2 s"');
    assert.deepEqual(await violationsInAllThemes(bed), []);
    await bed.page.click('#detail-tab-timeline');
    await bed.page.waitForSelector('.timeline-row');
    for (let width = 1000; width <= 1800; width += 100) {
      await bed.page.setViewportSize({ width, height: 800 });
      assert.ok(await isClear(bed), `at ${width} px the legend lies over the tabs`);
    }
  });

  describe('with 10,000 executions', () => {
    const many = fakeHistory(10_000, Date.now());

    it('draws less than 1,000 elements, at the top and in the middle', async () => {
      await open({ executions: many });
      assert.ok((await countElements(bed)) < 1000);
      await bed.page.$eval('.list', (list) => list.scrollTo(0, 200_000));
      await bed.page.waitForFunction(() => document.querySelectorAll('.row-empty').length === 0);
      await bed.page.waitForSelector('.row[aria-posinset="4350"]:not(.row-empty)');
      assert.ok((await countElements(bed)) < 1000);
    });

    it('sends no message that is longer than the limit', async () => {
      await open({ executions: many });
      await bed.page.$eval('.list', (list) => list.scrollTo(0, 100_000));
      await bed.page.waitForSelector('.row[aria-posinset="2180"]:not(.row-empty)');
      const before = bed.sent.length;
      bed.update(0, (execution) => ({ ...execution, message: 'changed' }));
      await bed.until(() => bed.sent.length > before);
      const longest = Math.max(...bed.sent.map(({ bytes }) => bytes));
      assert.ok(longest <= maxMessageBytes, `a message has ${longest} bytes`);
    });

    it('goes to the last one with the End key', async () => {
      await open({ executions: many });
      await bed.page.focus('.list');
      await bed.page.keyboard.press('End');
      await bed.page.waitForSelector('.row[aria-posinset="10000"][aria-selected=true]');
    });
  });

  describe('what a person chose', () => {
    it('stays when an execution changes', async () => {
      await open({ executions: fakeHistory(200, Date.now()) });
      await bed.page.$eval('.list', (list) => list.scrollTo(0, 1500));
      await bed.page.click('.row[aria-posinset="40"]:not(.row-empty)');
      await waitSelected('0027');
      const before = await scroll();
      const row = await bed.page.$('.row[aria-posinset="40"]');
      bed.update(39, (execution) => ({ ...execution, name: 'Another name' }));
      await bed.page.waitForSelector('.row[aria-posinset="40"] >> text=Another name');
      assert.equal(await scroll(), before);
      assert.equal(await selected(), '0027');
      assert.ok(await row?.evaluate((element) => element.isConnected));
    });

    it('stays under the eyes when a new execution comes on top', async () => {
      const history = fakeHistory(200, Date.now());
      await open({ executions: history });
      await bed.page.$eval('.list', (list) => list.scrollTo(0, 1500));
      await bed.page.click('.row[aria-posinset="40"]:not(.row-empty)');
      await waitSelected('0027');
      const place = (): Promise<number | undefined> =>
        bed.page.$eval('.row[aria-selected=true]', (row) => row.getBoundingClientRect().top);
      const before = await place();
      bed.change([fakeExecution(0xffff, 'running', Date.now()), ...history]);
      await bed.page.waitForSelector('.row[aria-posinset="41"][aria-selected=true]');
      assert.equal(await place(), before);
    });

    it('comes back after a reload', async () => {
      await open({ executions: fakeHistory(200, Date.now()) });
      await bed.page.$eval('.list', (list) => list.scrollTo(0, 1500));
      await bed.page.click('.row[aria-posinset="40"]:not(.row-empty)');
      await waitSelected('0027');
      await bed.reload();
      await waitSelected('0027');
      assert.equal(await scroll(), 1500);
    });

    it('keeps the focus and the expanded attempts through changes', async () => {
      await open(makeScenes(Date.now())['failed'] ?? {});
      await bed.page.click('button.twistie');
      await bed.page.waitForSelector('.attempt');
      bed.update(0, (execution) => ({
        ...execution,
        tasks: execution.tasks.map((task) =>
          task.id === 'summary' ? { ...task, message: 'something new' } : task,
        ),
      }));
      await bed.page.waitForSelector('text=something new');
      assert.equal(await bed.page.locator('.attempt').count(), 3);
      assert.equal(
        await bed.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
        'Attempts of test',
      );
    });
  });

  describe('the keyboard', () => {
    it('moves through the list', async () => {
      await open({ executions: fakeHistory(50, Date.now()) });
      await bed.page.focus('.list');
      await bed.page.keyboard.press('ArrowDown');
      await bed.page.keyboard.press('ArrowDown');
      await waitSelected('0002');
      await bed.page.keyboard.press('ArrowUp');
      await waitSelected('0001');
      await bed.page.keyboard.press('PageDown');
      const active = await bed.page.getAttribute('.list', 'aria-activedescendant');
      assert.notEqual(active, 'execution-1');
      await bed.page.keyboard.press('Home');
      await waitSelected('0000');
    });

    it('searches with / and comes back with Escape', async () => {
      await open(makeScenes(Date.now())['running'] ?? {});
      await bed.page.focus('.list');
      await bed.page.keyboard.press('/');
      await bed.page.keyboard.type('backup 57ac');
      await bed.page.waitForFunction(
        () => document.querySelectorAll('.row:not(.row-empty)').length === 1,
      );
      await bed.page.keyboard.press('Escape');
      await bed.page.waitForFunction(
        () => document.querySelectorAll('.row:not(.row-empty)').length > 10,
      );
      await bed.page.keyboard.press('Escape');
      assert.equal(await bed.page.evaluate(() => document.activeElement?.className), 'list');
    });

    it('reaches every control in the order it is seen', async () => {
      await open(makeScenes(Date.now())['stuck'] ?? {});
      await bed.page.waitForSelector('.log-text');
      const seen: string[] = [];
      for (let step = 0; step < 40; step += 1) {
        await bed.page.keyboard.press('Tab');
        const name = await bed.page.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
        });
        if (name.startsWith('Refresh') && seen.length > 1) break;
        seen.push(name);
      }
      const order = [
        'Refresh',
        'Run workflow…',
        'Agent',
        'Executions',
        'Open workflow',
        'Open log',
      ];
      const places = order.map((name) => seen.findIndex((one) => one.startsWith(name)));
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
      );
      assert.ok(!places.includes(-1), `${order.join(', ')} in ${seen.join(', ')}`);
    });
  });

  describe('what happens', () => {
    it('is drawn as it comes, without anybody asking', async () => {
      const start = Date.now();
      await open({
        executions: [
          fakeExecution(1, 'running', start, {
            tasks: [newTask('one'), newTask('two', { needs: ['one'] })],
          }),
        ],
      });
      await bed.page.waitForSelector('text=needs one');
      bed.update(0, (execution) => ({
        ...execution,
        status: 'succeeded',
        finishedAt: at(start + 4200),
        tasks: ['one', 'two'].map((id) =>
          triedTask(id, 'succeeded', { startMs: start, endMs: start + 2000 }),
        ),
      }));
      await bed.page.waitForSelector('.detail-title-line >> text=Succeeded');
      assert.equal(await bed.page.locator('.task >> text=Succeeded').count(), 2);
      assert.equal(
        await bed.page.textContent('[role=status][aria-live=polite]'),
        'Release check: Succeeded.',
      );
    });

    it('is sent at most ten times a second, whatever the number of changes', async () => {
      await open({ executions: fakeHistory(1000, Date.now()) });
      await bed.page.waitForTimeout(300);
      const first = bed.sent.length;
      for (let change = 0; change < 100; change += 1) {
        bed.update(0, (execution) => ({ ...execution, message: `change ${change}` }));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const pushes = bed.sent.slice(first);
      const elapsedMs = (pushes.at(-1)?.atMs ?? 0) - (pushes[0]?.atMs ?? 0);
      // A timer counts whole milliseconds and may ring one early, and its moment is noted a little later.
      assert.ok(pushes.length <= elapsedMs / 95 + 1, `${pushes.length} in ${elapsedMs} ms`);
      assert.ok(Math.max(...pushes.map(({ bytes }) => bytes)) < 1500);
    });

    it('is read from disk on the interval while the page is there, and not after', async () => {
      await open({ executions: fakeHistory(3, Date.now()), refreshIntervalMs: 50 });
      await bed.until(() => bed.refreshes >= 2);
      await bed.close();
      const { refreshes } = bed;
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.equal(bed.refreshes, refreshes);
    });

    it('follows the log until somebody scrolls up', async () => {
      const lines = (from: number, to: number): string =>
        Array.from({ length: to - from }, (_, index) => `line ${from + index}\n`).join('');
      const start = Date.now();
      await open({
        executions: [
          fakeExecution(1, 'running', start, {
            tasks: [triedTask('test', 'running', { startMs: start, endMs: null })],
          }),
        ],
        logs: { 'test.1.log': lines(0, 100) },
      });
      await bed.page.waitForSelector('text=line 99');
      bed.append('test.1.log', lines(100, 200));
      await bed.page.waitForSelector('text=line 199');
      const gap = (): Promise<number> =>
        bed.page.$eval('.log-text', (box) => box.scrollHeight - box.clientHeight - box.scrollTop);
      assert.ok((await gap()) < 4);
      await bed.page.$eval('.log-text', (box) => box.scrollTo(0, 100));
      await bed.page.waitForSelector('vscode-checkbox[aria-checked=false]');
      bed.append('test.1.log', lines(200, 300));
      await bed.page.waitForSelector('text=line 299', { state: 'attached' });
      assert.equal(await bed.page.$eval('.log-text', (box) => box.scrollTop), 100);
    });

    it('shows no text of a log or a name as markup', async () => {
      const start = Date.now();
      const hostile = '<img src=x onerror="document.title=1">';
      await open({
        executions: [
          fakeExecution(1, 'failed', start, {
            name: hostile,
            message: hostile,
            tasks: [triedTask('test', 'failed', { startMs: start, endMs: start })],
          }),
        ],
        logs: { 'test.1.log': `${hostile}\n` },
      });
      await bed.page.waitForSelector('.log-text >> text=onerror');
      assert.equal(await bed.page.locator('img').count(), 0);
    });
  });

  describe('commands', () => {
    it('reach the extension with what they are about', async () => {
      const scene = makeScenes(Date.now())['waiting'] ?? {};
      await open(scene);
      await bed.page.click('vscode-button >> text=Approve');
      await bed.until(() => bed.commands.length > 0);
      assert.deepEqual(
        bed.commands.map(({ type, target, task }) => ({ type, id: target?.key, task })),
        [{ type: 'approve', id: scene.executions?.[0]?.key, task: 'ask' }],
      );
    });

    it('that are not possible any more are refused in words', async () => {
      await open(makeScenes(Date.now())['running'] ?? {});
      await bed.page.waitForSelector('vscode-button >> text=Cancel');
      bed.isTrusted = false;
      await bed.page.click('.detail-actions vscode-button >> text=Cancel');
      await bed.page.waitForSelector('.banner >> text=Nothing runs until you trust');
      assert.deepEqual(bed.commands, []);
      bed.problems.length = 0;
    });

    it('are offered only where the workspace is trusted', async () => {
      await open(makeScenes(Date.now())['untrusted'] ?? {});
      await bed.page.waitForSelector('.detail-actions vscode-button');
      assert.equal(await bed.page.locator('.detail-actions vscode-button').count(), 1);
      await bed.page.click('.banner:has-text("Restricted Mode") vscode-button');
      await bed.until(() => bed.commands.length > 0);
      assert.deepEqual(
        bed.commands.map(({ type }) => type),
        ['manageTrust'],
      );
    });
  });

  describe('what is not there', () => {
    it('has a face: no execution yet', async () => {
      await open({ executions: [] });
      await bed.page.click('.empty vscode-button');
      await bed.until(() => bed.commands.length > 0);
      assert.deepEqual(
        bed.commands.map(({ type }) => type),
        ['runWorkflow'],
      );
    });

    it('has a face: nothing matches, with a way back', async () => {
      await open({ executions: fakeHistory(5, Date.now()) });
      await bed.page.click('.chip >> text=Stuck');
      await bed.page.click('vscode-button >> text=Clear filter');
      await bed.page.waitForSelector('.row:not(.row-empty)');
    });

    it('is removed where it stands', async () => {
      const history = fakeHistory(5, Date.now());
      await open({ executions: history });
      await waitSelected('0000');
      bed.change(history.slice(1));
      await bed.page.waitForSelector('text=This execution was removed.');
    });
  });
});

/** The toolkit makes a style element that the policy blocks; its styles come another way. */
function isHarmless(problem: string): boolean {
  return problem.includes('inline style') || problem.includes('404');
}

/** Whether what stands beside the tabs leaves them free. */
function isClear(bed: DashboardBed): Promise<boolean> {
  return bed.page.evaluate(() => {
    const box = (selector: string): DOMRect | undefined =>
      document.querySelector(selector)?.getBoundingClientRect();
    const tools = box('.zoom-tools')?.left ?? Infinity;
    return tools >= (box('.tabs')?.right ?? 0);
  });
}

async function countElements(bed: DashboardBed): Promise<number> {
  return bed.page.evaluate(() => document.querySelectorAll('*').length);
}
