// Saves what every state looks like in every theme, in a real window: `npm run screenshots --
// [--readme] [theme…]`. The pictures go to `out/screenshots/newest/<theme>/states/`; with `--readme`
// some of the dark ones go to media/screenshots/ too.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Dashboard } from '../e2e/dashboard.ts';
import { TestFolder } from '../e2e/test-folder.ts';
import { builtVsix } from './built-vsix.ts';
import { repository } from './hosts.ts';
import { takePageStates, takeRemoved, type Take } from './page-states.ts';
import type { Theme } from './seat.ts';
import { openWindow, type AppWindow } from './window.ts';

const size = { width: 1280, height: 800 };
const themes: readonly Theme[] = ['dark', 'light', 'hc-dark', 'hc-light'];

/** A pipeline that looks like real work, directed by files. */
const build = `name: Build
description: Lint, compile and test in parallel, then pack
defaults: { shell: node, stuck-after: 1m }
tasks:
  install:
    run: |
      console.log('added 212 packages in 3s');
  lint:
    needs: install
    run: |
      console.log('0 errors, 0 warnings');
  compile:
    needs: install
    run: |
      for (const file of ['model', 'engine', 'cli', 'webview']) console.log('compiled ' + file);
  test:
    needs: compile
    run: |
      const fs = require('node:fs');
      let count = 0;
      const timer = setInterval(() => {
        if (count < 400) console.log('  ✔ test ' + ++count + ' passes');
        if (fs.existsSync('broken')) {
          console.error('AssertionError: expected 200, got 503');
          console.error('    at checkout (test/checkout.test.ts:41:12)');
          process.exit(1);
        }
        if (fs.existsSync('go')) { clearInterval(timer); }
      }, 100);
  pack:
    needs: [lint, test]
    run: |
      console.log('packed 1 file');
finally:
  clean:
    run: |
      console.log('removed temporary files');
`;
const silent = `name: Nightly sync
defaults: { shell: node, stuck-after: 3s }
tasks:
  connect: { run: "console.log('connected')" }
  download:
    needs: connect
    run: |
      console.log('downloading 1 of 14');
      setInterval(() => {}, 1e9);
  index: { needs: download, run: "console.log('done')" }
`;
const release = `name: Release
inputs:
  version: { type: string, default: 1.2.0 }
tasks:
  check: { shell: node, run: "console.log('all checks passed')" }
  ask: { needs: check, approval: { message: 'Publish \${{ inputs.version }}?' } }
  publish: { needs: ask, shell: node, run: "console.log('published')" }
`;
const broken = `name: Deploy
inputs:
  target: { type: choice, options: [staging, production] }
tasks:
  upload:
    run: ./upload.sh
    need: compile
  notify:
    needs: uplaod
    run: echo "Deployed to \${{ inputs.target }}"
`;

async function main(): Promise<void> {
  const names = process.argv.slice(2).filter((name) => !name.startsWith('--'));
  const isReadme = process.argv.includes('--readme');
  process.env['AGENT_EXECUTOR_HOST'] = 'newest';
  process.env['AGENT_EXECUTOR_VSIX'] = builtVsix();
  for (const theme of themes.filter((one) => names.length === 0 || names.includes(one))) {
    const saved = await takeAll(theme);
    if (!isReadme || theme !== 'dark') continue;
    const media = path.join(repository, 'media/screenshots');
    await mkdir(media, { recursive: true });
    for (const [name, wanted] of Object.entries(readmePictures)) {
      const file = saved.get(name);
      if (file !== undefined) await cp(file, path.join(media, wanted));
    }
  }
}

/** State to file name in media/screenshots. */
const readmePictures: Readonly<Record<string, string>> = {
  'dashboard-running': 'dashboard-dark.png',
  'diagnostics-failed': 'diagnostics-dark.png',
  'dashboard-stuck': 'stuck-dark.png',
  'dashboard-approval': 'approval-dark.png',
};

async function takeAll(theme: Theme): Promise<ReadonlyMap<string, string>> {
  const parent = await mkdtemp(path.join(os.tmpdir(), 'agent-executor-pictures-'));
  const folder = new TestFolder(path.join(parent, 'shop'));
  await mkdir(folder.path);
  const window = await openWindow({ workspace: folder.path, theme });
  const saved = new Map<string, string>();
  const take: Take = async (name) => {
    // The pointer would leave a tooltip, and what has just changed still moves.
    await window.page.mouse.move(700, 4);
    await sleep(800);
    saved.set(name, await window.screenshot(`states/${name}`));
  };
  try {
    await window.page.setViewportSize(size);
    await window.views.openContainer('Agent Executor');
    await takeStates(window, folder, take);
  } finally {
    await folder.write('go');
    await window.close();
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  }
  return saved;
}

async function takeStates(window: AppWindow, folder: TestFolder, take: Take): Promise<void> {
  await window.until('the welcome', async () =>
    (await window.views.welcome('Agents')).includes('There is no workflow') ? true : undefined,
  );
  await take('tree-empty');
  let dashboard = await Dashboard.open(window);
  await take('dashboard-empty');

  await folder.write('workflows/build.yaml', build);
  await folder.write('workflows/ops/nightly-sync.yaml', silent);
  await folder.write('workflows/release.yaml', release);
  await window.views.row('Agents', 'build');
  const run = (agent: string): Promise<void> =>
    window.views.inlineAction('Agents', agent, 'Run Workflow');

  await run('build');
  await folder.task('build', 'test', 'running');
  await dashboard.select('Build');
  await dashboard.task('test', 'Running');
  await window.until('some log', async () =>
    (await dashboard.log()).includes('test 12 passes') ? true : undefined,
  );
  await take('dashboard-running');
  await folder.finish('build');
  await dashboard.task('clean', 'Succeeded');
  await take('dashboard-succeeded');

  await run('release');
  await window.until('the question', async () => {
    if (await window.quick.isOpen()) await window.page.keyboard.press('Enter');
    return (await folder.executions('release')).length > 0 ? true : undefined;
  });
  await folder.task('release', 'ask', 'waiting');
  await dashboard.select('Release');
  await dashboard.task('ask', 'Waiting');
  await take('dashboard-approval');

  await run('nightly-sync');
  await dashboard.select('Nightly sync');
  await window.until('the warning', async () =>
    (await dashboard.text('.notice.stuck')) === '' ? undefined : true,
  );
  await take('dashboard-stuck');
  await window.openFile('workflows/ops/nightly-sync.yaml');
  await window.problem('seems stuck');
  await take('diagnostics-stuck');
  await window.views.inlineAction('Executions', 'Nightly sync', 'Cancel Execution');
  await folder.over('ops/nightly-sync');

  await window.openFile('workflows/build.yaml');
  await folder.write('broken');
  await run('build');
  await folder.over('build');
  await window.notification('Build failed');
  await window.views.expand('Executions', ({ label, description }) => {
    return label === 'Build' && description.startsWith('failed');
  });
  await window.problem('test failed');
  await take('diagnostics-failed');
  await window.clickNotification('Build failed', 'Show');
  dashboard = new Dashboard(window);
  await dashboard.task('test', 'Failed');
  await window.runCommand('View: Toggle Panel Visibility');
  await take('dashboard-failed');
  await dashboard.filter('Failed');
  await take('dashboard-filtered');
  await dashboard.filter('All');
  await takePageStates(window, take);

  await folder.write('workflows/deploy.yaml', broken);
  await window.openFile('workflows/deploy.yaml');
  await window.problem('uplaod');
  await take('diagnostics-invalid');
  await run('deploy');
  await folder.over('deploy');
  await take('tree-invalid');
  await window.runCommand('Agent Executor: Run Workflow…');
  await window.quick.rows();
  await take('quick-pick');
  await window.quick.dismiss();
  // Its pictures need room.
  for (const part of [
    'View: Toggle Panel Visibility',
    'View: Toggle Primary Side Bar Visibility',
  ]) {
    await window.runCommand(part);
  }
  await window.clearNotifications();
  await window.runCommand('Welcome: Open Walkthrough...');
  await window.quick.pick('Get Started with Agent Executor');
  await window.page.locator('.getting-started-step').first().waitFor();
  await take('walkthrough');
  await window.runCommand('View: Close All Editors');
  await window.runCommand('View: Toggle Primary Side Bar Visibility');
  await takeRemoved(window, 'Nightly sync', take);
  // A newer version of the state is shown but not touched.
  await writeFile(folder.viewFile, JSON.stringify({ version: 99, revision: 1, executions: [] }));
  await Dashboard.open(window);
  await window
    .until('the trouble', async () =>
      (await new Dashboard(window).text('.banner')) === '' ? undefined : true,
    )
    .catch(() => undefined);
  await take('dashboard-error');
  // Nobody sees it while the dashboard does.
  await window.runCommand('View: Close All Editors');
  await rm(folder.file('.agent-executor'), { recursive: true, force: true, maxRetries: 5 });
  await window.notification('was running');
  // Its runner makes the folder anew, and then it is shown again.
  await window.until('the run to be shown again', async () =>
    (await window.page.locator('.monaco-workbench').innerText()).includes(
      'records of Release were deleted',
    )
      ? true
      : undefined,
  );
  await take('state-folder-gone');
}

await main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
