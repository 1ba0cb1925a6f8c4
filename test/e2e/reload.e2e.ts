import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { TestFolder } from './test-folder.ts';
import { testWorkflows } from './test-workflows.ts';

const graphTitle = 'Graph of gated.yaml';
const workflow = testWorkflows.gated;
/** How the editor's memory holds the beginning of what the page of a graph keeps: JSON in JSON in JSON. */
const keptGraph = String.raw`{\\\"file\\\":\\\"file:`;

describe('a reload while "Run Task" runs a workflow and its graph is open', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;

  before(async () => {
    folder = await TestFolder.make(windows, 'gated', 'doomed');
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer('Agent Executor');
    await window.views.row('Agents', 'gated');
  });

  it('leaves the run alone and brings the graph back, live', async () => {
    await window.openFile('workflows/gated.yaml');
    await window.runCommand('Agent Executor: Show Workflow Graph');
    await graphSays(window, 'Never run');
    await runTask(window, folder, 'gated');
    const begun = await folder.task('gated', 'gate', 'running');
    await graphSays(window, 'Last execution: running');
    await window.untilStored(keptGraph);

    await window.reload();

    await graphSays(window, 'Last execution: running');
    const over = await folder.finish('gated');
    assert.equal(over.id, begun.id);
    assert.equal(over.status, 'succeeded');
    assert.deepEqual(
      over.tasks.map(({ id, exitCode }) => `${id} ${String(exitCode)}`),
      ['first 0', 'gate 0', 'last 0'],
    );
    assert.deepEqual(folder.marks(), ['first', 'gate', 'last']);
    await graphSays(window, 'Last execution: succeeded');
    assert.equal((await folder.executions('gated')).length, 1);
  });

  it('leaves the graph usable: a click goes to the task', async () => {
    const frame = await window.frame(graphTitle);
    await frame.getByText('last', { exact: true }).first().click();
    const line = workflow.split('\n').indexOf('  last:') + 1;
    await window.until('the cursor at the task', async () => {
      const items = await window.statusBarItems();
      return items.some(({ text }) => text.startsWith(`Ln ${String(line)},`)) || undefined;
    });
  });

  it('leaves the tasks of the editor working: one that fails has a terminal that says so', async () => {
    await runTask(window, folder, 'doomed');
    assert.equal((await folder.over('doomed')).status, 'failed');
    await window.until('the terminal with an error', async () => {
      // The panel comes back with a shell in it, however late, and then terminals are a list that tells it by colour.
      const terminals = window.page.locator('.part.panel .terminal-tabs-entry.has-text');
      const shell = terminals.filter({ hasNotText: 'doomed' }).first();
      if ((await shell.count()) > 0) await kill(shell);
      const tab = window.page.locator('.part.panel .single-terminal-tab', { hasText: 'doomed' });
      return (await tab.locator('.codicon-error').count()) > 0 || undefined;
    });
  });
});

/** Waits until the graph of the workflow says something. */
async function graphSays(window: AppWindow, note: string): Promise<void> {
  await window.until(`the graph to say "${note}"`, async () => {
    // The frame is another one after a reload, and while one is replaced it may be gone.
    const frame = await window.frame(graphTitle);
    const text = await frame.evaluate(() => document.body.textContent).catch(() => '');
    return text.includes(note) || undefined;
  });
}

/** Kills a terminal of the list by its button; whether it is gone shows in the list. */
async function kill(terminal: Locator): Promise<void> {
  try {
    await terminal.hover({ timeout: 2000 });
    await terminal.locator('.codicon-trashcan').click({ timeout: 2000 });
  } catch {
    // It went meanwhile, or another came: looked at again.
  }
}

/** Runs an agent as a task of the editor: asked for again where a terminal that comes or goes closes the quick pick. */
async function runTask(window: AppWindow, folder: TestFolder, agent: string): Promise<void> {
  const isStarted = async (): Promise<boolean> => (await folder.executions(agent)).length > 0;
  await window.until(
    `Run Task to run ${agent}`,
    async () => {
      if (await isStarted()) return true;
      await window.runCommand('Tasks: Run Task');
      if (!(await window.quick.tryPick('agent-executor', 5000))) return undefined;
      if (!(await window.quick.tryPick(`agent-executor: ${agent}`, 5000))) return undefined;
      await window.until(`${agent} to run`, async () => (await isStarted()) || undefined, 10_000);
      return true;
    },
    60_000,
  );
}
