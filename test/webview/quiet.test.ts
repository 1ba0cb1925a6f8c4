import assert from 'node:assert/strict';
import { useBench } from './bench.ts';
import { fakeHistory } from './fake-executions.ts';

describe('a dashboard where nothing happens, in a browser', () => {
  const bench = useBench();

  it('draws nothing while all stays as it is', async () => {
    const monthMs = 30 * 86_400_000;
    const bed = await bench.open({
      executions: fakeHistory(30, Date.now() - monthMs),
      refreshIntervalMs: 50,
    });
    await bed.page.waitForSelector('.log-text, .log-none');
    await bed.page.waitForSelector('.day-strip');
    await bed.page.evaluate(() => document.fonts.ready);
    // It is told that all was read again, and that nothing of it is new to what it shows.
    const hear = async (): Promise<void> => {
      const sent = bed.sent.length;
      bed.change(bed.executions);
      await bed.until(() => bed.sent.length > sent);
    };
    for (let times = 0; times < 3; times += 1) await hear();
    await bed.page.evaluate(() => {
      const changes: string[] = [];
      Object.assign(globalThis, { changes });
      new MutationObserver((records) => {
        for (const { target, type } of records) {
          changes.push(`${type} of ${target.parentElement?.className ?? ''}`);
        }
      }).observe(document.body, {
        attributes: true,
        characterData: true,
        childList: true,
        subtree: true,
      });
    });
    for (let times = 0; times < 4; times += 1) await hear();
    const seen = await bed.page.evaluate(() => ({
      changes: (globalThis as { changes?: string[] }).changes,
      animations: document.getAnimations().length,
    }));
    assert.deepEqual(seen, { changes: [], animations: 0 });
  });
});
