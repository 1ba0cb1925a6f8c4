import assert from 'node:assert/strict';
import { violationsInAllThemes } from './axe.ts';
import { useBench } from './bench.ts';
import type { BedOptions, DashboardBed } from './dashboard-bed.ts';
import { makeScenes } from './scenes.ts';

describe('the graph and the timeline in a browser', () => {
  const bench = useBench();
  let bed: DashboardBed;

  async function open(tab: 'graph' | 'timeline', options: BedOptions | undefined): Promise<void> {
    bed = await bench.open(options);
    await bed.ready();
    await bed.page.click(`#detail-tab-${tab}`);
    await bed.page.waitForSelector(tab === 'graph' ? '.node' : '.timeline-row');
  }
  const focusedName = (): Promise<string | undefined> =>
    bed.page.evaluate(
      () => document.activeElement?.querySelector('.node-text')?.textContent ?? undefined,
    );

  for (const scene of ['running', 'matrix']) {
    it(`have nothing that axe finds wrong in ${scene}`, async () => {
      await open('graph', { ...makeScenes(Date.now())[scene] });
      assert.deepEqual(await violationsInAllThemes(bed), []);
      await bed.page.click('#detail-tab-timeline');
      await bed.page.waitForSelector('.timeline-row');
      assert.deepEqual(await violationsInAllThemes(bed), []);
    });
  }

  it('stand below a header that overlaps nothing at any width', async () => {
    await open('timeline', makeScenes(Date.now())['running']);
    for (let width = 400; width <= 1400; width += 90) {
      await bed.page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await overlaps(bed), [], `${width} px`);
    }
  });

  it('fit a page of 300 pixels, and none of their buttons lies on a tab at any width', async () => {
    await open('graph', makeScenes(Date.now())['failed']);
    for (const width of [300, 420, 720, 780]) {
      await bed.page.setViewportSize({ width, height: 800 });
      for (const tab of ['timeline', 'graph']) {
        await bed.page.click(`#detail-tab-${tab}`);
        assert.deepEqual(await notInPlace(bed), [], `${tab}, ${String(width)} px`);
      }
    }
  });

  it('fold the combinations of a matrix into one node', async () => {
    await open('graph', makeScenes(Date.now())['matrix']);
    assert.equal(await bed.page.locator('.node').count(), 6);
    await bed.page.waitForSelector('.node.group >> text=/9$/');
  });

  it('show the log of the node that Enter is pressed on', async () => {
    await open('graph', makeScenes(Date.now())['running']);
    await bed.page.focus('.node.shown');
    assert.equal(await focusedName(), 'test');
    await bed.page.keyboard.press('Home');
    assert.equal(await focusedName(), 'lint');
    await bed.page.keyboard.press('Enter');
    await bed.page.waitForSelector('.log-task >> text=lint');
    assert.equal(await focusedName(), 'lint');
  });

  it('show the log of the row that Enter is pressed on, and of an attempt that is clicked', async () => {
    await open('timeline', makeScenes(Date.now())['failed']);
    await bed.page.focus('.timeline-row.shown .timeline-name');
    await bed.page.keyboard.press('ArrowUp');
    await bed.page.keyboard.press('Enter');
    await bed.page.waitForSelector('.log-task >> text=types');
    await bed.page.locator('.bar[title^="Attempt 2: Failed"]').click();
    await bed.page.waitForSelector('#log-title >> text=attempt 2 of 3');
  });

  it('recolour without being laid out or focused anew', async () => {
    await open('graph', makeScenes(Date.now())['running']);
    await bed.page.focus('.node.shown');
    const before = await bed.page.$('.node.shown');
    bed.update(0, (execution) => ({
      ...execution,
      tasks: execution.tasks.map((task) =>
        task.id === 'test' ? { ...task, status: 'cancelling' as const } : task,
      ),
    }));
    await bed.page.waitForSelector('.node >> text=Cancelling');
    assert.equal(await before?.evaluate((node) => document.activeElement === node), true);
  });

  it('are chosen by the arrow keys, and still there after a reload', async () => {
    await open('graph', makeScenes(Date.now())['running']);
    await bed.page.focus('#detail-tab-graph');
    await bed.page.keyboard.press('ArrowRight');
    await bed.page.waitForSelector('.timeline-row');
    await bed.reload();
    await bed.page.waitForSelector('#detail-tab-timeline[aria-selected=true]');
    await bed.page.waitForSelector('.timeline-row');
  });

  it('draw 240 tasks, each of them a place to go to', async () => {
    await open('graph', makeScenes(Date.now())['crowd']);
    await bed.page.waitForFunction(() => document.querySelectorAll('.node').length >= 200);
    assert.equal(await bed.page.locator('.node[tabindex="0"]').count(), 1);
  });
});

/** What is wider than its place, and tabs that a click would not reach. */
async function notInPlace(bed: DashboardBed): Promise<readonly string[]> {
  return bed.page.evaluate(() => {
    const places = document.querySelectorAll(
      '.app, .top-bar, .overview, .tab-line, .detail-scroll',
    );
    const wide = [...places].filter(
      ({ scrollWidth, clientWidth, scrollLeft }) => scrollWidth > clientWidth || scrollLeft > 0,
    );
    const covered = [...document.querySelectorAll('.detail .tab')].filter((tab) => {
      tab.scrollIntoView({ block: 'nearest' });
      const { left, right, top, bottom } = tab.getBoundingClientRect();
      return [left + 4, (left + right) / 2, right - 4].some(
        (x) => !tab.contains(document.elementFromPoint(x, (top + bottom) / 2)),
      );
    });
    return [...wide, ...covered].map(({ className, id }) => `${className} ${id}`);
  });
}

/** Pairs of parts of the header that lie on each other, or reach out of it. */
async function overlaps(bed: DashboardBed): Promise<readonly string[]> {
  return bed.page.evaluate(() => {
    const parts = [
      ...document.querySelectorAll('.top-bar :is(h1, .freshness, .chip, vscode-button, .search)'),
      ...document.querySelectorAll('.detail h2, .row'),
    ].map((element) => ({
      name: `${element.className} ${element.textContent.slice(0, 20)}`,
      isRow: element.matches('.row, h2'),
      box: element.getBoundingClientRect(),
    }));
    const found: string[] = [];
    for (const [index, { name, isRow, box }] of parts.entries()) {
      if (!isRow && box.right > window.innerWidth + 1) found.push(`${name} is cut`);
      for (const other of parts.slice(index + 1)) {
        if (isRow && other.isRow) continue;
        const isApart =
          box.right <= other.box.left + 0.5 ||
          other.box.right <= box.left + 0.5 ||
          box.bottom <= other.box.top + 0.5 ||
          other.box.bottom <= box.top + 0.5;
        if (!isApart) found.push(`${name} on ${other.name}`);
      }
    }
    return found;
  });
}
