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
