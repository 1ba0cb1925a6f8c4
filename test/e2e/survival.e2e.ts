import assert from 'node:assert/strict';
import { useWindows } from '../host/use-windows.ts';
import type { AppWindow } from '../host/window.ts';
import { Dashboard } from './dashboard.ts';
import { isAlive, startInTerminal, TestFolder, type TerminalRun } from './test-folder.ts';

/** Within this time a window shows what somebody else did. */
const seenWithinMs = 2000;
const container = 'Agent Executor';

describe('executions outlive windows', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;
  /** On the same folder. Opened late: windows of one browser share what the editor remembers. */
  let other: AppWindow;
  let terminal: TerminalRun | undefined;

  before(async () => {
    folder = await TestFolder.make(windows, 'gated', 'greet', 'doomed', 'silent');
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer(container);
  });
  after(() => {
    if (terminal !== undefined && isAlive(terminal.pid)) process.kill(terminal.pid, 'SIGKILL');
  });

  it('a reload in mid-run changes nothing for the run', async () => {
    await folder.run(window, 'doomed');
    await window.notification('Doomed failed');
    await folder.run(window, 'gated');
    await folder.task('gated', 'gate', 'running');
    const dashboard = await Dashboard.open(window);
    await dashboard.select('Gated');
    await window.untilStored('agentExecutor.dashboard');
    await window.reload();
    await window.views.openContainer(container);
    const [before] = await folder.executions('gated');
    await row(window, 'Gated', 'running · 1 of 3');
    await row(window, 'gate', 'running');
    await new Dashboard(window).task('gate', 'Running');
    // The failure from before the reload is known: it is not told again.
    assert.deepEqual(await window.notifications(), []);
    const after = await folder.finish('gated');
    assert.equal(after.id, before?.id);
    assert.equal(after.status, 'succeeded');
    assert.deepEqual(
      after.tasks.map(({ id, attempts }) => `${id} ${String(attempts.length)}`),
      ['first 1', 'gate 1', 'last 1'],
    );
    assert.deepEqual(folder.marks(), ['first', 'gate', 'last']);
    await row(window, 'Gated', 'succeeded');
    await new Dashboard(window).task('last', 'Succeeded');
  });

  it('a failure after the reload is told once, the one before it not again', async () => {
    await window.runCommand('View: Close All Editors');
    await folder.run(window, 'doomed');
    await window.notification('Doomed failed');
    const told = (await window.notifications()).map(({ message }) => message);
    assert.deepEqual(told, ['Doomed failed: fall (exit 1)']);
  });

  it('a window that was closed in mid-run comes back to the run as it is', async () => {
    other = await windows.another(window);
    await other.views.openContainer(container);
    await folder.remove('marks.txt');
    await folder.run(window, 'gated');
    const { id } = await folder.task('gated', 'gate', 'running');
    await window.close();
    window = await windows.another(other);
    await window.views.openContainer(container);
    await row(window, 'Gated', 'running · 1 of 3');
    const over = await folder.finish('gated');
    assert.equal(over.id, id);
    assert.deepEqual(folder.marks(), ['first', 'gate', 'last']);
    await row(window, 'Gated', 'succeeded');
    assert.deepEqual(await window.notifications(), []);
  });

  it('two windows show the same, and each steers what the other one started', async () => {
    await folder.run(window, 'silent');
    await folder.task('silent', 'hang', 'running');
    await other.until(
      'the run in the other window',
      () => has(other, 'Silent', 'running'),
      seenWithinMs,
    );
    await other.views.inlineAction('Executions', 'Silent', 'Cancel Execution');
    assert.equal((await folder.over('silent')).status, 'cancelled');
    await window.until(
      'the end in the first window',
      () => has(window, 'Silent', 'cancelled'),
      seenWithinMs,
    );
    await other.until(
      'the end in the other window',
      () => has(other, 'Silent', 'cancelled'),
      seenWithinMs,
    );
    const [rows, otherRows] = await Promise.all(
      [window, other].map(async ({ views }) =>
        (await views.rows('Executions')).map(({ label, description }) => `${label} ${description}`),
      ),
    );
    assert.deepEqual(
      rows?.filter((text) => /^(Silent|Gated|Doomed) /.test(text)),
      otherRows?.filter((text) => /^(Silent|Gated|Doomed) /.test(text)),
    );
  });

  it('an execution from a terminal shows, and is cancelled from a window', async () => {
    terminal = startInTerminal(folder, 'run', 'silent');
    const { id } = await folder.execution(
      'silent',
      'from the terminal to run',
      ({ trigger, tasks }) => trigger.source === 'cli' && tasks[1]?.status === 'running',
    );
    await window.until('it in the window', () => has(window, 'Silent', 'running'), seenWithinMs);
    await window.views.inlineAction(
      'Executions',
      ({ label, description }) => label === 'Silent' && /^(running|stuck)/.test(description),
      'Cancel Execution',
    );
    const { exitCode, output } = await terminal.finished;
    assert.equal(exitCode, 130, output);
    const over = await folder.over('silent');
    assert.equal(over.id, id);
    assert.equal(over.status, 'cancelled');
    await window.until(
      'the end in the window',
      () => has(window, 'Silent', 'cancelled'),
      seenWithinMs,
    );
  });

  it('a runner that is killed leaves an interrupted execution, which can be resumed', async () => {
    await folder.remove('marks.txt');
    // A window that was closed may bring back the dashboard that it had stored, and one that is seen keeps
    // notifications away.
    await window.runCommand('View: Close All Editors');
    await window.clearNotifications();
    await folder.run(window, 'gated');
    const { owner } = await folder.task('gated', 'gate', 'running');
    assert.ok(owner);
    // The record of a start comes before its process.
    await window.until('the process', () => folder.marks().includes('gate') || undefined);
    process.kill(owner.pid, 'SIGKILL');
    await row(window, 'Gated', 'interrupted');
    const notification = await window.notification('Gated was interrupted');
    assert.deepEqual(notification.buttons, ['Resume', 'Show', "Don't Show Again"]);
    await window.views.contextMenu(
      'Executions',
      ({ label, description }) => label === 'Gated' && description.startsWith('interrupted'),
      'Run Again',
    );
    const beside = await window.answerDialog('Run Gated again, beside what', 'Cancel');
    assert.match(beside, /Still running, left by a runner that is gone:\s+gate: process \d+/);
    await window.clickNotification('Gated was interrupted', 'Resume');
    const said = await window.answerDialog('Resume Gated?', 'End Processes and Resume');
    assert.match(
      said,
      /Still running, left by a runner that is gone; ended first:\s+gate: process \d+/,
    );
    await folder.write('go');
    const over = await folder.execution('gated', 'resumed', ({ status }) => status === 'succeeded');
    await folder.remove('go');
    assert.deepEqual(
      over.tasks.map(({ id, attempts }) => `${id} ${String(attempts.length)}`),
      ['first 1', 'gate 2', 'last 1'],
    );
    assert.deepEqual(folder.marks(), ['first', 'gate', 'gate', 'last']);
    await row(window, 'Gated', 'succeeded');
    await row(other, 'Gated', 'succeeded');
  });
});

async function row(window: AppWindow, label: string, state: string): Promise<void> {
  await window.until(`${label} ${state} in the tree`, () => has(window, label, state));
}

async function has(window: AppWindow, label: string, state: string): Promise<true | undefined> {
  const row = await window.views.look(
    'Executions',
    (one) => one.label === label && one.description.startsWith(state),
  );
  return row === undefined ? undefined : true;
}
