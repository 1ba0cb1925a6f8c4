import assert from 'node:assert/strict';
import { maxMessageBytes } from '../../src/protocol/limits.ts';
import { violationsInAllThemes } from './axe.ts';
import { useBench } from './bench.ts';
import type { DashboardBed } from './dashboard-bed.ts';
import { makeScenes } from './scenes.ts';
import type { ThemeName } from './theme-variables.ts';

describe('two executions beside each other in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  async function compare(theme: ThemeName = 'dark', width = 1280): Promise<void> {
    bed = await bench.open({ ...makeScenes(Date.now())['compared'], theme, width });
    await bed.ready();
    await bed.page.click('.row[aria-posinset="1"]');
    await bed.page.click('.row[aria-posinset="2"]', { modifiers: ['Control'] });
    await bed.page.click('.marked-bar vscode-button >> text=Compare');
    await bed.page.waitForSelector('.compare-summary');
  }

  it(`have nothing that axe finds wrong, beside a list in groups`, async () => {
    await compare();
    await bed.page.click('.grouping');
    await bed.page.click('.grouping vscode-option >> text=By agent');
    await bed.page.waitForSelector('.list-heading');
    assert.deepEqual(await violationsInAllThemes(bed), []);
    await bed.page.setViewportSize({ width: 460, height: 800 });
    assert.deepEqual(await violationsInAllThemes(bed), []);
  });

  it('say where they part, earlier first, and come back after a reload', async () => {
    await compare();
    const look = async (): Promise<unknown> => ({
      summary: await bed.page.innerText('.compare-summary'),
      divergence: (await bed.page.innerText('.divergence th')).trim(),
      ids: await bed.page.locator('.compare-both .link').allInnerTexts(),
      version: await bed.page.locator('.data-table >> nth=0 >> td').allInnerTexts(),
    });
    const before = (await look()) as { summary: string; ids: string[] };
    assert.match(before.summary, /They part at build/);
    assert.match(
      before.summary,
      /The first that ended otherwise is migrate: it failed \(ended with/,
    );
    assert.deepEqual(
      before.ids.map((id) => id.slice(-4)),
      ['de01', 'de02'],
    );
    await bed.reload();
    await bed.page.waitForSelector('.compare-summary');
    assert.deepEqual(await look(), before);
    assert.ok(Math.max(...bed.sent.map(({ bytes }) => bytes)) <= maxMessageBytes);
  });

  it('open their workflows, and leave for one of them', async () => {
    await compare();
    await bed.page.click('.compare vscode-button >> text=Compare workflow files');
    await bed.until(() => bed.diffs.length === 1);
    assert.match(bed.diffs[0] ?? '', /de01 .*de02$/);
    await bed.page.locator('.compare-both .link').first().click();
    await bed.page.waitForSelector('.detail .fact code >> text=/de01$/');
  });

  it('are compared again when one of them changes, and say when one is gone', async () => {
    await compare();
    bed.update(0, (execution) => ({
      ...execution,
      status: 'running',
      finishedAt: null,
      tasks: execution.tasks.map((task) =>
        task.id === 'migrate' ? { ...task, status: 'running' as const, finishedAt: null } : task,
      ),
    }));
    await bed.page.waitForSelector('.compare-summary >> text=/migrate: it is under way now/');
    bed.change(bed.executions.slice(1));
    await bed.page.waitForSelector('.compare >> text=not there any more');
  });

  it('are revealed by a command of the editor', async () => {
    const scene = makeScenes(Date.now())['compared'];
    bed = await bench.open(scene);
    await bed.ready();
    const [one, other] = scene?.executions ?? [];
    bed.reveal(one?.key ?? '', null, other?.key ?? '');
    await bed.page.waitForSelector('.compare-summary');
  });
});
