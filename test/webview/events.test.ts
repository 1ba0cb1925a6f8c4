import assert from 'node:assert/strict';
import { violationsInAllThemes } from './axe.ts';
import { useBench } from './bench.ts';
import type { DashboardBed } from './dashboard-bed.ts';
import { makeScenes } from './scenes.ts';

describe('events, inputs and outputs in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  it(`have nothing that axe finds wrong`, async () => {
    bed = await bench.open(makeScenes(Date.now())['failed']);
    await bed.ready();
    await bed.page.click('#detail-tab-events');
    await bed.page.waitForSelector('.events-table >> text=Attempt 3 started');
    assert.deepEqual(await violationsInAllThemes(bed), []);
    await bed.page.click('#detail-tab-data');
    await bed.page.waitForSelector('.data-table >> text=2.4.0');
    assert.deepEqual(await violationsInAllThemes(bed), []);
  });

  it('have their time to the millisecond, as the tree has it, and none of it is cut', async () => {
    const dayMs = 86_400_000;
    const scene = makeScenes(Date.now() - 2 * dayMs)['failed'];
    bed = await bench.open(scene);
    await bed.ready();
    await bed.page.click('#detail-tab-events');
    await bed.page.waitForSelector('.events-table >> text=Attempt 3 started');
    const times = await bed.page.locator('.events-table td:first-child').evaluateAll((cells) =>
      cells.map(({ textContent, scrollWidth, clientWidth }) => ({
        text: textContent,
        isCut: scrollWidth > clientWidth,
      })),
    );
    assert.ok(times.length > 3);
    for (const { text, isCut } of times) {
      assert.match(text, /(^| )\d\d:\d\d:\d\d\.\d{3}$/);
      assert.equal(isCut, false, text);
    }
  });

  it('grow as more happens', async () => {
    bed = await bench.open(makeScenes(Date.now())['running']);
    await bed.ready();
    await bed.page.click('#detail-tab-events');
    await bed.page.waitForSelector('.events-table');
    bed.update(0, (execution) => ({
      ...execution,
      status: 'cancelled',
      message: 'enough of it',
      finishedAt: new Date().toISOString(),
    }));
    await bed.page.waitForSelector('.events-table >> text=enough of it');
  });
});
