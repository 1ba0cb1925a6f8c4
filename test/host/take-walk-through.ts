// Saves the pictures of the walk through in README.md, in a real window, to out/walk-through/:
//   node --import tsx test/host/take-walk-through.ts
// They were joined with ImageMagick into media/screenshots/walk-through.gif:
//   convert -delay 220 out/walk-through/*.png -resize 960x +dither -colors 224 -layers Optimize x.gif
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dashboard } from '../e2e/dashboard.ts';
import { TestFolder } from '../e2e/test-folder.ts';
import { builtVsix } from './built-vsix.ts';
import { repository } from './hosts.ts';
import { openWindow, type AppWindow } from './window.ts';

/** Directed by files, so that every picture is taken when its moment is there. */
const build = `name: Build
description: Lint, compile and test, then pack
defaults: { shell: node }
tasks:
  install:
    run: console.log('added 212 packages in 3s');
  lint:
    needs: install
    run: console.log('0 errors, 0 warnings');
  compile:
    needs: install
    run: console.log('compiled 4 packages');
  test:
    needs: compile
    timeout: 10m
    run: |
      const { existsSync } = require('node:fs');
      let count = 0;
      setInterval(() => {
        if (count < 60) console.log('  ✔ test ' + ++count + ' passes');
        if (existsSync('broken')) {
          console.error('AssertionError: expected 200, got 503');
          process.exit(1);
        }
        if (existsSync('go')) process.exit(0);
      }, 50);
  pack:
    needs: [lint, test]
    run: console.log('packed 1 file');
`;

async function main(): Promise<void> {
  process.env['AGENT_EXECUTOR_HOST'] = 'newest';
  process.env['AGENT_EXECUTOR_VSIX'] = builtVsix();
  const out = path.join(repository, 'out/walk-through');
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const parent = await mkdtemp(path.join(os.tmpdir(), 'agent-executor-walk-'));
  const folder = new TestFolder(path.join(parent, 'shop'));
  await mkdir(folder.path);
  await folder.write('workflows/build.yaml', build);
  const window = await openWindow({
    workspace: folder.path,
    settings: { 'agentExecutor.notifications': 'none', 'editor.minimap.enabled': false },
  });
  let count = 0;
  const take = async (): Promise<void> => {
    // The pointer would leave a tooltip, and what has just changed still moves.
    await window.page.mouse.move(700, 4);
    await sleep(900);
    count += 1;
    const name = `${String(count).padStart(2, '0')}.png`;
    await window.page.screenshot({ path: path.join(out, name) });
  };
  try {
    await window.page.setViewportSize({ width: 1280, height: 800 });
    await walk(window, folder, take);
  } finally {
    await folder.write('go');
    await window.close();
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function walk(
  window: AppWindow,
  folder: TestFolder,
  take: () => Promise<void>,
): Promise<void> {
  await window.views.openContainer('Agent Executor');
  await window.openFile('workflows/build.yaml');
  await take();
  await window.views.inlineAction('Agents', 'build', 'Run Workflow');
  await folder.task('build', 'test', 'running');
  await take();
  let dashboard = await Dashboard.open(window);
  await dashboard.select('Build');
  await dashboard.task('test', 'Running');
  await take();
  await folder.write('broken');
  await folder.over('build');
  await dashboard.task('test', 'Failed');
  await take();
  await window.openFile('workflows/build.yaml');
  await window.problem('test failed');
  await take();
  await window.page
    .locator('.editor-instance .view-line', { hasText: /^\s*test:/ })
    .first()
    .click({ position: { x: 60, y: 8 } });
  await window.page.keyboard.press('Control+.');
  await take();
  await folder.remove('broken');
  await folder.write('go');
  await window.page.keyboard.press('Enter');
  await window.until('the plan', async () =>
    (await window.page.locator('.monaco-dialog-box').count()) > 0 ? true : undefined,
  );
  await take();
  await window.answerDialog('Retry Build?', 'Retry');
  await folder.execution('build', 'succeeded', ({ status }) => status === 'succeeded');
  await take();
  await window.runCommand('View: Toggle Panel Visibility');
  dashboard = await Dashboard.open(window);
  await dashboard.select('Build');
  await dashboard.task('pack', 'Succeeded');
  await take();
}

await main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
