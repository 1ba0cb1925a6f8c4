import assert from 'node:assert/strict';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { startInTerminal, TestFolder } from './test-folder.ts';

const container = 'Agent Executor';

describe('a window without workflows', () => {
  const windows = useWindows();
  let window: AppWindow;
  let folder: TestFolder;

  before(async () => {
    folder = await TestFolder.make(windows);
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer(container);
  });

  it('offers to create a sample workflow, which then runs', async () => {
    await welcome(window, 'Agents', 'There is no workflow in this folder yet');
    await window.page
      .locator('.welcome-view-content .monaco-button:has-text("Create a Sample Workflow")')
      .click();
    const rows = await window.quick.rows();
    assert.ok(rows.length >= 2, JSON.stringify(rows));
    await window.page.keyboard.press('Enter');
    const agent = await window.until('a name', async () => {
      const name = await window.page.locator('.quick-input-box input').first().inputValue();
      return name === '' ? undefined : name;
    });
    await window.page.keyboard.press('Enter');
    await window.until(
      'the file in an editor',
      async () => (await window.tabs()).includes(`${agent}.yaml`) || undefined,
    );
    await window.views.row('Agents', agent);
    assert.deepEqual(await window.problems(), []);
    await window.views.inlineAction('Agents', agent, 'Run Workflow');
    await window.until('its first answer', async () => {
      // Samples may ask for inputs: their defaults will do.
      if (await window.quick.isOpen()) await window.page.keyboard.press('Enter');
      return (await folder.executions(agent)).length > 0 || undefined;
    });
    assert.equal((await folder.over(agent)).status, 'succeeded');
  });

  it('has a walkthrough whose steps show a picture each', async () => {
    await window.runCommand('Welcome: Open Walkthrough...');
    await window.quick.pick('Get Started with Agent Executor');
    const steps = window.page.locator('.getting-started-step');
    const seen = new Set<string>();
    for (const title of ['Write a workflow', 'Run it', 'Follow it', 'Go on after a failure']) {
      await window.until(`the picture of the step ${title}`, async () => {
        const step = steps.filter({ hasText: title });
        if ((await step.getAttribute('aria-expanded', { timeout: 2000 })) !== 'true') {
          await step.locator('.step-title').click({ timeout: 2000 });
        }
        for (const frame of window.page.frames()) {
          const found = await frame
            .locator('svg')
            .first()
            .evaluate((svg) => svg.outerHTML, undefined, { timeout: 300 })
            .catch(() => '');
          if (found === '' || seen.has(found)) continue;
          seen.add(found);
          return true;
        }
        return undefined;
      });
    }
    await window.screenshot('walkthrough');
    await window.runCommand('View: Close All Editors');
  });

  it('says so when there is no folder at all', async () => {
    const empty = await windows.another(window, '');
    await empty.views.openContainer(container);
    await welcome(empty, 'Agents', 'Agents are workflow files of a folder');
    await empty.runCommand('Agent Executor: Run Workflow…');
    await empty.notification('open a folder first');
    await empty.close();
  });

  it('shows several folders, each with its own agents and executions', async () => {
    const [one, two] = [
      await TestFolder.make(windows, 'greet'),
      await TestFolder.make(windows, 'greet', 'doomed'),
    ];
    const file = folder.file('both.code-workspace');
    const folders = [
      { name: 'one', path: one.path },
      { name: 'two', path: two.path },
    ];
    await folder.write('both.code-workspace', JSON.stringify({ folders }));
    const both = await windows.another(window, file);
    await untilItHasFolders(both);
    await both.views.openContainer(container);
    await both.views.row('Agents', 'one');
    await both.views.expand('Agents', 'two');
    await two.run(both, 'doomed');
    assert.equal((await two.over('doomed')).status, 'failed');
    assert.deepEqual(await one.executions(), []);
    await both.notification('Doomed failed');
    await both.views.row('Executions', 'Doomed');
    // Which folder is meant is said as soon as two have something.
    await startInTerminal(one, 'run', 'greet').finished;
    await both.views.row('Executions', ({ label, icon }) => label === 'one' && icon !== '');
    await both.views.row('Executions', ({ label, icon }) => label === 'two' && icon !== '');
    await both.runCommand('Agent Executor: Run Workflow…');
    await both.until('the folder of each agent', async () => {
      const rows = await both.quick.rows();
      const said = rows.map(
        ({ label, description, detail }) => `${label} ${description} ${detail}`,
      );
      const isSaid = (name: string): boolean =>
        said.some((text) => text.includes('greet') && text.includes(name));
      return (isSaid('one') && isSaid('two')) || undefined;
    });
    await both.quick.dismiss();
    await both.close();
  });
});

describe('a window in Restricted Mode', () => {
  const windows = useWindows();
  let window: AppWindow;
  let folder: TestFolder;

  before(async () => {
    folder = await TestFolder.make(windows, 'greet', 'broken');
    await startInTerminal(folder, 'run', 'greet').finished;
    window = await windows.open({ workspace: folder.path, trusted: false });
    await window.views.openContainer(container);
  });

  it('shows workflows and executions', async () => {
    await window.views.row('Agents', ({ label, description }) => {
      return label === 'greet' && description.startsWith('succeeded');
    });
    await window.views.row('Executions', 'Greet');
    await welcome(window, 'Agents', 'Restricted Mode');
    await window.openFile('workflows/broken.yaml');
    await window.problem('`need`');
  });

  it('runs nothing', async () => {
    // A command that is not enabled is not in the palette.
    await window.quick.open('F1', '>');
    await window.quick.fill('>Agent Executor: ');
    const labels = await window.until('the commands', async () => {
      const shown = (await window.quick.rows()).map(({ label }) => label);
      return shown.includes('Agent Executor: Open Dashboard') ? shown : undefined;
    });
    assert.ok(!labels.some((label) => label.includes('Run Workflow')), labels.join('\n'));
    await window.quick.dismiss();
    const row = window.page.locator('.monaco-list-row[aria-label^="Agent greet"]');
    await row.hover();
    const button = row.locator('.actions .action-item');
    // Newer editors leave a disabled action out of the row, older ones draw it grey.
    for (const item of await button.all()) {
      assert.match((await item.getAttribute('class')) ?? '', /disabled/);
    }
    assert.equal((await folder.executions()).length, 1);
  });

  it('has no "Run" above a workflow, but the way to trust', async () => {
    await window.openFile('workflows/greet.yaml');
    const titles = await window.until('the lenses', async () => {
      const lenses = await window.page.locator('.codelens-decoration').allInnerTexts();
      const text = lenses.join(' | ');
      return text.includes('Last: succeeded') ? text : undefined;
    });
    assert.match(titles, /Nothing runs in Restricted Mode: manage trust…/);
    assert.doesNotMatch(titles, /Run\b(?! in)/);
    await window.page.locator('.codelens-decoration a', { hasText: 'manage trust' }).click();
    await window.page.locator('.workspace-trust-editor').waitFor();
  });
});

async function welcome(window: AppWindow, view: string, text: string): Promise<void> {
  await window.until(
    `"${text}" in the view ${view}`,
    async () => (await window.views.welcome(view)).includes(text) || undefined,
  );
}

/**
 * On a busy machine the editor may read a workspace file before the connection that serves it is up. Its own explorer
 * then has no folders, for as long as nobody loads the window again, and no extension is told of any.
 */
async function untilItHasFolders(window: AppWindow): Promise<void> {
  for (let reloads = 0; ; reloads++) {
    await window.views.openContainer('Explorer');
    const rows = window.page.locator('.explorer-folders-view .monaco-list-row');
    try {
      await rows.first().waitFor({ timeout: 15_000 });
      return;
    } catch (error) {
      if (reloads === 2) throw error;
      console.log('      a workspace without its folders: loaded again');
      await window.reload();
    }
  }
}
