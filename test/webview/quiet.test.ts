import assert from 'node:assert/strict';
import { useBench } from './bench.ts';
import { fakeHistory } from './fake-executions.ts';

/** What Chromium says of a frame in which something was moved that no person had moved. */
interface LayoutShift extends PerformanceEntry {
  readonly sources: readonly { readonly node: Node | null }[];
}

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

  it('says at once that it is up to date again after a silence of minutes', async () => {
    const silenceMs = 3 * 60_000;
    const bed = await bench.open({
      executions: fakeHistory(3, Date.now()),
      refreshIntervalMs: 3_600_000,
    });
    const says = (hasText: string): Promise<void> =>
      bed.page.locator('.freshness', { hasText }).waitFor();
    await says('Updated just now');
    await bed.page.evaluate((ms) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + ms;
    }, silenceMs);
    await says('Updated 3 m ago');
    bed.aheadMs = silenceMs;
    const [first, ...others] = bed.executions;
    assert.ok(first !== undefined);
    // No count and no filter is about a name.
    const execution = { ...first.execution, name: 'Another' };
    bed.change([{ ...first, execution }, ...others]);
    await bed.page.locator('.row', { hasText: 'Another' }).waitFor();
    assert.equal(await bed.page.locator('.freshness').innerText(), 'Updated just now');
  });

  it('tells when nobody can see it any more, and when somebody can again', async () => {
    const bed = await bench.open({ executions: fakeHistory(3, Date.now()) });
    await bed.page.locator('.row').first().waitFor();
    const hide = (isHidden: boolean): Promise<void> =>
      bed.page.evaluate((hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }, isHidden);
    assert.ok(!bed.sights.includes(false));
    await hide(true);
    await bed.until(() => bed.sights.at(-1) === false);
    await hide(false);
    await bed.until(() => bed.sights.at(-1) === true);
  });

  it('shows its first rows in elements that it made while the extension answered', async () => {
    const bed = await bench.open({
      executions: fakeHistory(30, Date.now()),
      beforeScript: () => {
        const made: Element[] = [];
        new MutationObserver(() => {
          if (made.length === 0) made.push(...document.querySelectorAll('.row'));
        }).observe(document, { childList: true, subtree: true });
        Object.assign(globalThis, { made });
      },
    });
    await bed.ready();
    const kept = await bed.page.evaluate(() => {
      const { made = [] } = globalThis as { made?: readonly Element[] };
      const shown = [...document.querySelectorAll('.row:not(.row-empty)')];
      return made.filter((row) => shown.includes(row)).length;
    });
    assert.ok(kept > 10, `${String(kept)} elements`);
  });

  it('shows and tells nothing of rows before there are any', async () => {
    const bed = await bench.open({ isSilent: true });
    await bed.page.locator('.row').first().waitFor({ state: 'attached' });
    assert.equal(await bed.page.locator('.row:visible').count(), 0);
    assert.equal(await bed.page.getByRole('listbox').count(), 0);
    await bed.page.getByLabel('Loading').and(bed.page.locator('vscode-progress-ring')).waitFor();
    // Nor are there words that would tell somebody to choose among rows that are not there.
    await bed.page.evaluate(async () => {
      const named = (one: Animation): boolean =>
        'animationName' in one && one.animationName === 'appear';
      await Promise.all(
        document
          .getAnimations()
          .filter(named)
          .map((one) => one.finished),
      );
    });
    assert.equal(await bed.page.locator('.late:visible').count(), 0);
  });

  it('keeps the list where it is while the rest of the page comes', async () => {
    const bed = await bench.open({
      executions: fakeHistory(30, Date.now()),
      beforeScript: () => {
        const moved: string[] = [];
        const note = (entries: PerformanceEntryList): void => {
          const sources = entries.flatMap((entry) => (entry as LayoutShift).sources);
          for (const { node } of sources) {
            const element = node instanceof Element ? node : node?.parentElement;
            // What stands above it is not seen before it says something, and then takes the room of its words.
            const isBelow = element instanceof Element && element.closest('main') !== null;
            if (isBelow) moved.push(element.className);
          }
        };
        const observer = new PerformanceObserver((list) => note(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        Object.assign(globalThis, { moved });
      },
    });
    await bed.page.waitForSelector('.log-text, .log-none');
    await bed.page.waitForSelector('.agent-strip .spark');
    // A frame is looked at after it was painted.
    const moved = await bed.page.evaluate(async () => {
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
      return (globalThis as { moved?: readonly string[] }).moved;
    });
    assert.deepEqual(moved, []);
  });
});
