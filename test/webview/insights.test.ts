import assert from 'node:assert/strict';
import { violationsInAllThemes } from './axe.ts';
import { useBench } from './bench.ts';
import type { DashboardBed } from './dashboard-bed.ts';
import { makeScenes } from './scenes.ts';
import type { ThemeName } from './theme-variables.ts';

describe('the overview and analytics in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  async function open(theme: ThemeName = 'dark'): Promise<void> {
    // Soon after midnight nothing has failed on that day.
    const noonMs = new Date().setHours(12, 0, 0, 0);
    const aheadMs = noonMs - Date.now();
    bed = await bench.open({ ...makeScenes(noonMs)['running'], theme, aheadMs });
    await bed.ready();
    await bed.page.waitForSelector('.figure');
  }

  it(`have nothing that axe finds wrong, and a table that says what the pictures do`, async () => {
    await open();
    await bed.page.click('.analytics-button');
    await bed.page.waitForSelector('.day-table');
    await bed.page.click('.day-table summary');
    assert.deepEqual(await bed.page.locator('.day-table th[scope=col]').allInnerTexts(), [
      'Day',
      'Executions',
      'Failed',
      'Success',
      'Median',
      '95th',
      'Recovery',
    ]);
    const ofTasks = bed.page.locator('.analytics h3:has-text("Flakiest tasks") + table');
    assert.equal(await ofTasks.locator('th[scope=col]').last().innerText(), 'Recovery');
    assert.ok((await ofTasks.locator('.recovery-bar').count()) > 0);
    assert.ok((await bed.page.locator('.chart-high .chart-point').count()) > 0);
    assert.deepEqual(await violationsInAllThemes(bed), []);
  });

  it('a click on what failed today narrows the list to it, and back', async () => {
    await open();
    await bed.page.click('.figure >> text="failed today"');
    await bed.page.waitForSelector('.chip[aria-pressed=true] >> text=Failed');
    await bed.page.waitForSelector('.day-chip');
    await bed.page.waitForFunction(() => document.querySelectorAll('.row').length > 0);
    await bed.page.click('.day-chip');
    await bed.page.waitForSelector('.day-chip', { state: 'detached' });
  });

  it('a click on any figure, or on an agent, narrows the list to what it counts', async () => {
    await open();
    for (const word of ['running', 'waiting', 'stuck']) {
      const figure = bed.page.locator('.figure', { hasText: word }).first();
      const counted = Number(await figure.locator('.figure-value').innerText());
      assert.ok(counted > 0, word);
      await figure.click();
      await bed.page.waitForSelector(`.chip[aria-pressed=true] >> text=/^${word}$/i`);
      await bed.page.waitForSelector(`.row[aria-setsize="${String(counted)}"]`);
    }
    await bed.page.click('.figure >> text="success in 30 days"');
    await bed.page.waitForSelector('.chip[aria-pressed=true] >> text=Failed');
    assert.match(await bed.page.innerText('.day-chip'), / –/);
    await bed.page.click('.figure >> text="median duration"');
    await bed.page.waitForSelector('.chip[aria-pressed=true] >> text=Succeeded');
    await bed.page.click('.agent-figure >> text=hello');
    await bed.page.waitForSelector('.agent-figure[aria-pressed=true] >> text=hello');
    await bed.page.waitForFunction(() =>
      Array.from(document.querySelectorAll('.row-title')).every(
        ({ textContent }) => textContent === 'Hello',
      ),
    );
    await bed.page.click('.agent-figure[aria-pressed=true]');
    await bed.page.waitForSelector('.agent-figure >> text=health');
  });

  it('count what was cancelled as soon as what failed', async () => {
    await open();
    await bed.page.click('.analytics-button');
    const counted = bed.page.locator('.analytics-facts .fact', { hasText: 'Executions' });
    const before = Number(await counted.locator('dd').innerText());
    bed.update(0, (execution) => ({
      ...execution,
      status: 'cancelled',
      finishedAt: new Date(Date.now() + bed.aheadMs).toISOString(),
    }));
    await counted.locator(`dd:text-is("${String(before + 1)}")`).waitFor();
  });

  it('an execution that is selected takes the place of analytics again', async () => {
    await open();
    await bed.page.click('.analytics-button');
    await bed.page.waitForSelector('.analytics');
    await bed.page.click('.row[aria-posinset="3"]');
    await bed.page.waitForSelector('.detail');
  });

  it('the figures are exported', async () => {
    await open();
    await bed.page.click('.analytics-button');
    await bed.page.click('.analytics vscode-button >> text=Export CSV');
    await bed.until(() => bed.saved.length > 0);
    assert.match(bed.saved[0]?.text ?? '', /^day,succeeded/);
  });
});
