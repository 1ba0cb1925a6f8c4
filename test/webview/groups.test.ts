import assert from 'node:assert/strict';
import { maxMessageBytes } from '../../src/protocol/limits.ts';
import { violationsInAllThemes } from './axe.ts';
import { useBench } from './bench.ts';
import type { DashboardBed } from './dashboard-bed.ts';
import { fakeExecution, fakeHistory } from './fake-executions.ts';

describe('the list in groups, in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  async function group(by: 'agent' | 'day'): Promise<void> {
    await bed.ready();
    await bed.page.click('.grouping');
    await bed.page.click(`.grouping vscode-option >> text=By ${by}`);
    await bed.page.waitForSelector('.list-heading');
  }
  const headings = (): Promise<string[]> => bed.page.locator('.list-heading-name').allInnerTexts();

  it('has a heading for each agent, and is walked through by keys as one list', async () => {
    const history = fakeHistory(200, Date.now());
    bed = await bench.open({ executions: history });
    await group('agent');
    assert.equal((await headings())[0], 'docs/site');
    await bed.page.focus('.list');
    await bed.page.keyboard.press('Home');
    await bed.page.waitForSelector('.list-heading.active >> text=docs/site');
    for (let row = 0; row < 42; row += 1) await bed.page.keyboard.press('ArrowDown');
    // The first of the second agent came with its heading.
    await bed.page.waitForSelector('#execution-40[aria-selected=true][aria-posinset="1"]');
    assert.ok((await headings()).includes('health'));
    const rows = await overlaps(bed);
    assert.deepEqual(rows, []);
    await bed.page.keyboard.press('End');
    await bed.page.waitForSelector('#execution-199[aria-selected=true]');
    assert.deepEqual(await overlaps(bed), []);
  });

  it('stays grouped and where it was when something comes above it, and after a reload', async () => {
    const history = fakeHistory(200, Date.now());
    bed = await bench.open({ executions: history });
    await group('agent');
    await bed.page.$eval('.list', (list) => list.scrollTo(0, 3000));
    await bed.page.waitForSelector('#execution-65:not(.row-empty)');
    await bed.page.click('#execution-65');
    const top = (): Promise<number> =>
      bed.page.$eval('.row[aria-selected=true]', (row) => row.getBoundingClientRect().top);
    const before = await top();
    bed.change([
      fakeExecution(0xffff, 'running', Date.now(), { agent: 'a', name: 'A' }),
      ...history,
    ]);
    await bed.page.waitForSelector('#execution-66[aria-selected=true]');
    assert.equal(await top(), before, 'a row and a heading came above');
    await bed.reload();
    await bed.page.waitForSelector('#execution-66[aria-selected=true]');
    assert.equal(await top(), before);
  });

  it('folds a group by a click or by keys, says so, and keeps it so', async () => {
    bed = await bench.open({ executions: fakeHistory(200, Date.now()) });
    await group('agent');
    const spoken = (name: string): Promise<string | null> =>
      bed.page.locator('.list-heading', { hasText: name }).getAttribute('aria-expanded');
    const first = bed.page.locator('.list-heading').first();
    assert.equal(await first.textContent(), 'docs/site, 40 executions');
    await bed.page.click('#execution-1');
    await first.click();
    await bed.page.waitForSelector('.list-heading[aria-expanded=false] >> text=docs/site');
    await bed.page.waitForFunction(
      () => document.querySelector('#execution-0 .row-title')?.textContent === 'Repository health',
    );
    assert.deepEqual(await overlaps(bed), []);
    // Down from the folded heading to the next one, and into its rows.
    await bed.page.focus('.list');
    await bed.page.keyboard.press('ArrowDown');
    await bed.page.waitForSelector('.list-heading.active >> text=health');
    await bed.page.keyboard.press('ArrowRight');
    await bed.page.waitForSelector('#execution-0[aria-selected=true][aria-level="2"]');
    await bed.page.keyboard.press('ArrowLeft');
    await bed.page.keyboard.press('ArrowLeft');
    await bed.page.waitForSelector('.list-heading[aria-expanded=false] >> text=health');
    assert.deepEqual(await violationsInAllThemes(bed), []);
    await bed.page.waitForTimeout(300);
    await bed.reload();
    await bed.page.waitForSelector('.list-heading[aria-expanded=false] >> text=health');
    assert.equal(await spoken('docs/site'), 'false');
    assert.equal(await spoken('ops/backup'), 'true');
    await bed.page.focus('.list');
    await bed.page.keyboard.press('Home');
    await bed.page.keyboard.press('Enter');
    await bed.page.waitForSelector('.list-heading[aria-expanded=true] >> text=docs/site');
    // With all of them folded there is no row, but not nothing either.
    for (const agent of ['docs/site', 'hello', 'ops/backup', 'release']) {
      await bed.page.locator('.list-heading', { hasText: agent }).click();
      await bed.page.waitForSelector(`.list-heading[aria-expanded=false] >> text=${agent}`);
    }
    await bed.page.waitForSelector('.row', { state: 'detached' });
    assert.equal(await bed.page.locator('.list-heading').count(), 5);
  });

  it('is of small messages with 10,000 executions of many days', async () => {
    bed = await bench.open({ executions: fakeHistory(10_000, Date.now()) });
    await group('day');
    assert.match((await headings())[0] ?? '', /^(Today|Yesterday), /);
    await bed.page.focus('.list');
    await bed.page.keyboard.press('End');
    await bed.page.waitForSelector('#execution-9999[aria-selected=true]');
    assert.ok(Math.max(...bed.sent.map(({ bytes }) => bytes)) <= maxMessageBytes);
  }).timeout(60_000);

  it('marks what was never scrolled to, at most a hundred, and exports it together', async () => {
    const history = fakeHistory(200, Date.now());
    bed = await bench.open({ executions: history });
    await bed.ready();
    await bed.page.click('.row[aria-posinset="1"]');
    await bed.page.$eval('.list', (list) => list.scrollTo(0, 3600));
    await bed.page.waitForSelector('.row[aria-posinset="80"]:not(.row-empty)');
    await bed.page.click('.row[aria-posinset="80"]', { modifiers: ['Shift'] });
    await bed.page.waitForSelector('.marked-bar >> text="80 marked"');
    await bed.page.click('.marked-bar vscode-button >> text=Export');
    await bed.page.waitForFunction(
      () => document.querySelector('.marked-bar vscode-button[disabled]') === null,
    );
    assert.deepEqual(
      bed.exported,
      history.slice(0, 80).map(({ execution }) => execution.id),
    );
    await bed.page.focus('.list');
    await bed.page.keyboard.press('Shift+ArrowUp');
    await bed.page.waitForSelector('.marked-bar >> text="79 marked"');
    await bed.page.$eval('.list', (list) => list.scrollTo(0, 9000));
    await bed.page.click('.row[aria-posinset="200"]:not(.row-empty)', { modifiers: ['Shift'] });
    await bed.page.waitForSelector('.marked-bar >> text="100 marked"');
    await bed.page.waitForSelector('.banner >> text=/At most 100/');
  });
});

/** Rows and headings on the screen that lie on each other. */
function overlaps(bed: DashboardBed): Promise<readonly string[]> {
  return bed.page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.row, .list-heading')]
      .map((element) => ({ name: element.textContent, box: element.getBoundingClientRect() }))
      .sort((one, other) => one.box.top - other.box.top);
    return boxes.flatMap(({ name, box }, at) => {
      const next = boxes[at + 1];
      return next !== undefined && next.box.top < box.bottom - 0.5
        ? [`${name} on ${next.name}`]
        : [];
    });
  });
}
