import assert from 'node:assert/strict';
import { maxMessageBytes } from '../../src/protocol/limits.ts';
import { violationsInAllThemes } from './axe.ts';
import { useBench } from './bench.ts';
import type { BedOptions, DashboardBed } from './dashboard-bed.ts';
import { makeScenes } from './scenes.ts';

describe('the log in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  async function open(task: string, options: Partial<BedOptions> = {}): Promise<void> {
    bed = await bench.open({ ...makeScenes(Date.now())['running'], ...options });
    await bed.ready();
    await bed.page.click(`.task-button >> text="${task}"`);
    await bed.page.waitForSelector(`.log-task >> text="${task}"`);
    await bed.page.waitForSelector('.log-line');
  }
  const goal = (): Promise<string | null> =>
    bed.page.$eval('.log-line.goal', (line) => line.textContent);

  it(`shows colours that can be read, and axe finds nothing wrong`, async () => {
    await open('lint');
    await bed.page.waitForSelector('.log-line >> text=orange');
    await bed.page.click('vscode-button[aria-label="Go to first error"]');
    await bed.page.waitForSelector('.log-line.goal');
    assert.deepEqual(await violationsInAllThemes(bed), []);
    await bed.page.click('vscode-button[aria-label="Search in the log"]');
    assert.deepEqual(await violationsInAllThemes(bed), []);
  });

  it('reads on by itself where what was read leaves room, as after a very long line', async () => {
    const text = `first\n${'x'.repeat(20_000)}\nlast\n`;
    bed = await bench.open({ ...makeScenes(Date.now())['failed'], logs: { 'test.3.log': text } });
    await bed.ready();
    await bed.page.waitForSelector('.log-line >> text=/^last/');
    await bed.page.waitForSelector('.log-line >> text=/^x{100}/');
  });

  it('has the search ready for what is typed right after its keys', async () => {
    await open('build (linux)');
    await bed.page.focus('.log-text');
    const focused = await bed.page.$eval('.log-text', async (text) => {
      const init = { key: 'f', ctrlKey: true, bubbles: true, cancelable: true };
      text.dispatchEvent(new KeyboardEvent('keydown', init));
      // What is drawn at once is there, and no frame was.
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      return document.activeElement?.closest('.find-bar') !== null;
    });
    assert.equal(focused, true);
  });

  it('finds a line anywhere in the file and shows what is around it', async () => {
    await open('build (linux)');
    await bed.page.focus('.log-text');
    await bed.page.keyboard.press('Control+f');
    await bed.page.keyboard.type('line 12345 ');
    await bed.page.waitForSelector('.find-count >> text="1 of 1 line"');
    await bed.page.waitForSelector('.log-line.goal mark');
    assert.match((await goal()) ?? '', /^line 12345 of/);
    assert.equal(await bed.page.locator('vscode-checkbox[aria-checked=true]').count(), 0);
    const longest = Math.max(...bed.sent.map(({ bytes }) => bytes));
    assert.ok(longest <= maxMessageBytes, `a message has ${String(longest)} bytes`);
  });

  it('goes to the first error, and on to the end with Follow', async () => {
    await open('build (linux)');
    await bed.page.click('vscode-button[aria-label="Go to first error"]');
    await bed.page.waitForSelector('.log-line.goal >> text=TS2322');
    await bed.page.click('.log vscode-checkbox');
    await bed.page.waitForSelector('.log-line:has-text("line 59999 ")');
  });

  it('reads on while a person scrolls up, and the lines stay where they are', async () => {
    await open('build (linux)');
    await bed.page.waitForSelector('.log-line:has-text("line 59999 ")');
    const before = await bed.page.locator('.log-line').count();
    await bed.page.$eval('.log-text', (box) => box.scrollTo(0, box.scrollHeight - 2000));
    await bed.page.waitForTimeout(50);
    await bed.page.$eval('.log-text', (box) => box.scrollTo(0, 100));
    await bed.page.waitForFunction(
      (count) => document.querySelectorAll('.log-line').length > count + 50,
      before,
    );
    const top = await bed.page.$eval('.log-text', (box) => box.scrollTop);
    assert.ok(top > 500, `scrolled to ${String(top)}`);
  });

  it('reads of 200 MB only what is shown', async () => {
    const size = 200_000_000;
    const line = 'a line of a log that is as long as lines often are, more or less\n';
    const big = Buffer.alloc(size, line);
    bed = await bench.open(makeScenes(Date.now())['running']);
    bed.logs.set('build (linux).1.log', big);
    await bed.ready();
    await bed.page.click('.task-button >> text="build (linux)"');
    await bed.page.waitForSelector('.log-task >> text="build (linux)"');
    await bed.page.waitForSelector('.log-line');
    const chunks = bed.sent.filter(({ bytes }) => bytes > 8000).length;
    assert.ok(chunks < 6, `${String(chunks)} pieces were sent`);
  });

  it('opens the file that a line names', async () => {
    await open('lint');
    await bed.page.click('.log-link >> text="src/price/discount.ts:14:10"');
    await bed.until(() => bed.openedFiles.length > 0);
    assert.deepEqual(bed.openedFiles, ['src/price/discount.ts:14:10']);
  });

  it('is text alone: markup in it stays what it is', async () => {
    const hostile = '<img src=x onerror="document.title=1">\u001b[31m<b>red</b>\u001b[0m\n';
    await open('lint', { logs: { 'lint.1.log': hostile } });
    assert.equal(await bed.page.locator('.log-text img, .log-text b').count(), 0);
    await bed.page.waitForSelector('.log-line >> text=<b>red</b>');
  });
});
