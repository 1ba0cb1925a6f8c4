import type { TestFolder } from '../e2e/test-folder.ts';
import type { AppWindow } from './window.ts';

/** How many tasks the file has in which somebody types. */
const taskCount = 200;

/**
 * From a key that is pressed to the squiggle that comes or goes because of it, in a file of 200 tasks: milliseconds of
 * each. A mistake is typed into the key of the first task and taken away again; the pauses are those of a person.
 */
export async function measureTyping(
  window: AppWindow,
  folder: TestFolder,
  rounds: number,
): Promise<readonly number[]> {
  const tasks = Array.from({ length: taskCount }, (_, at) => {
    const needs = at === 0 ? '' : `    needs: t${String(at - 1)}\n`;
    return `  t${String(at)}:\n${needs}    run: echo ${String(at)}\n    env: { A: '${String(at)}' }\n`;
  });
  await folder.write('workflows/typed.yaml', `tasks:\n${tasks.join('')}`);
  await window.views.row('Agents', 'typed');
  await window.openFile('workflows/typed.yaml');
  const { page } = window;
  await page.locator('.view-line', { hasText: 'run: echo 0' }).first().click();
  await page.keyboard.press('Home');
  for (let step = 0; step < 'run'.length; step += 1) await page.keyboard.press('ArrowRight');
  await page.evaluate(() => {
    const state = { downMs: 0, isShown: false, spansMs: [] as number[] };
    const squiggle = '.monaco-editor .squiggly-error';
    addEventListener(
      'keydown',
      () => {
        state.downMs = performance.now();
      },
      true,
    );
    new MutationObserver(() => {
      const isShown = document.querySelector(squiggle) !== null;
      if (isShown === state.isShown) return;
      state.isShown = isShown;
      state.spansMs.push(performance.now() - state.downMs);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
    (globalThis as unknown as { typing: unknown }).typing = state;
  });
  const spans = (): Promise<readonly number[]> =>
    page.evaluate(
      () => (globalThis as unknown as { typing: { spansMs: readonly number[] } }).typing.spansMs,
    );
  for (let round = 0; round < rounds * 2; round += 1) {
    await page.keyboard.press(round % 2 === 0 ? 'x' : 'Backspace');
    await window.until('the squiggle', async () =>
      (await spans()).length > round ? true : undefined,
    );
    await page.waitForTimeout(400);
  }
  const all = await spans();
  // The first of each loads and compiles what the others find ready.
  return all.slice(2).map((spanMs) => Math.round(spanMs));
}
