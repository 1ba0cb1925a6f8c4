import assert from 'node:assert/strict';
import { violations } from './axe.ts';
import { useBench } from './bench.ts';
import type { DashboardBed } from './dashboard-bed.ts';
import { makeScenes } from './scenes.ts';

describe('several executions in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  it('are marked with Ctrl and the mouse, or Shift and the arrows, and cancelled together', async () => {
    bed = await bench.open(makeScenes(Date.now())['running']);
    await bed.ready();
    await bed.page.click('.row[aria-posinset="1"]');
    await bed.page.click('.row[aria-posinset="3"]', { modifiers: ['Control'] });
    await bed.page.waitForSelector('.marked-bar >> text="2 marked"');
    await bed.page.focus('.list');
    await bed.page.keyboard.press('Escape');
    await bed.page.waitForSelector('.marked-bar', { state: 'detached' });
    await bed.page.keyboard.press('Shift+ArrowDown');
    await bed.page.keyboard.press('Shift+ArrowDown');
    await bed.page.keyboard.press('Shift+ArrowDown');
    await bed.page.waitForSelector('.marked-bar >> text="4 marked"');
    assert.deepEqual(await violations(bed), []);
    await bed.page.click('.marked-bar vscode-button >> text=Cancel 3');
    await bed.page.waitForSelector('.marked-bar', { state: 'detached' });
    assert.deepEqual(
      bed.commands.map(({ type, target }) => `${type} ${target?.execution.id.slice(-4) ?? ''}`),
      ['cancel a1f3', 'cancel a5c0', 'cancel 57ac'],
    );
  });
});
