// Pictures of every state of the dashboard, for people to look at:
//   npx tsx test/webview/take-screenshots.ts [scene…]     into out/screenshots/webview/
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Bench } from './bench.ts';
import { makeScenes } from './scenes.ts';
import { themes, type ThemeName } from './theme-variables.ts';

const pictures = ['running', 'failed', 'wide', 'matrix', 'narrow'];
const folder = path.join(import.meta.dirname, '../../out/screenshots/webview');
const wanted = process.argv.slice(2);
await mkdir(folder, { recursive: true });
const bench = await Bench.start();
try {
  for (const [name, scene] of Object.entries(makeScenes(Date.now()))) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const isMain = ['running', 'failed', 'stuck', 'wide', 'matrix'].includes(name);
    const names: readonly ThemeName[] = isMain
      ? (Object.keys(themes) as ThemeName[])
      : ['dark', 'light'];
    for (const theme of names) {
      const bed = await bench.open({ ...scene, theme });
      await bed.ready();
      if (scene.executions?.length !== 0) await bed.page.waitForSelector('.log-text, .log-none');
      if (isMain) await bed.page.click('button.twistie', { timeout: 1000 }).catch(() => undefined);
      if (name === 'running') await bed.page.focus('.list');
      await bed.page.evaluate(() => document.fonts.ready);
      await new Promise((resolve) => setTimeout(resolve, 400));
      await bed.page.screenshot({ path: path.join(folder, `${name}-${theme}.png`) });
      for (const tab of pictures.includes(name) ? ['graph', 'timeline'] : []) {
        await bed.page.click(`#detail-tab-${tab}`);
        await bed.page.waitForSelector(tab === 'graph' ? '.node' : '.timeline-row');
        await new Promise((resolve) => setTimeout(resolve, 200));
        await bed.page.screenshot({ path: path.join(folder, `${tab}-${name}-${theme}.png`) });
      }
      for (const problem of bed.problems) console.error(`${name} ${theme}: ${problem}`);
      await bed.close();
    }
  }
} finally {
  await bench.close();
}
