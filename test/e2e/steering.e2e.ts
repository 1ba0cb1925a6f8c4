import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { useWindows } from '../host/use-windows.ts';
import type { TreeRow } from '../host/tree-view.ts';
import type { AppWindow } from '../host/window.ts';
import { Dashboard } from './dashboard.ts';
import { isAlive, startInTerminal, TestFolder } from './test-folder.ts';

describe('a window steers executions', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;

  before(async () => {
    folder = await TestFolder.make(windows, 'gated', 'silent', 'asks', 'broken', 'greet', 'doomed');
    window = await windows.open({ workspace: folder.path });
    await window.views.openContainer('Agent Executor');
  });

  it('follows a running execution in the tree, task by task', async () => {
    await run('gated');
    const row = await execution('Gated', 'running');
    assert.equal(row.icon, 'loading');
    assert.equal(row.expanded, true);
    await task('first', 'succeeded');
    await task('gate', 'running');
    assert.match((await execution('Gated', 'running')).description, /^running · 1 of 3 tasks/);
    assert.equal((await task('last', 'pending')).icon, 'circle-outline');
    await window.until('the status bar', async () => {
      const items = await window.statusBarItems();
      return items.some(({ text }) => text.includes('1 running')) || undefined;
    });
    await folder.finish('gated');
    await execution('Gated', 'succeeded');
    await task('last', 'succeeded');
    assert.deepEqual(folder.marks(), ['first', 'gate', 'last']);
  });

  it('warns of a stuck task, with evidence, in tree, editor, notification and dashboard', async () => {
    await window.openFile('workflows/silent.yaml');
    await run('silent');
    const row = await task('hang', 'stuck');
    assert.equal(row.icon, 'warning');
    assert.match(row.description, /stuck since .*no output/);
    const problem = await window.problem('hang seems stuck');
    assert.equal(problem.severity, 'warning');
    assert.match(problem.message, /no output/);
    assert.deepEqual([problem.file, problem.line, problem.column], ['silent.yaml', 5, 3]);
    const notification = await window.notification('hang seems stuck');
    assert.equal(notification.severity, 'warning');
    assert.deepEqual(notification.buttons, ['Open Log', 'Cancel', 'Show']);
    const dashboard = await Dashboard.open(window);
    await dashboard.select('Silent');
    const evidence = await window.until('the evidence', async () => {
      const text = await dashboard.text('.notice.stuck');
      return text === '' ? undefined : text;
    });
    assert.match(evidence, /hang seems to be stuck/);
    assert.match(evidence, /no output for/);
  });

  it('cancels from the tree and ends every process', async () => {
    const pids = JSON.parse(await readFile(folder.file('pids.json'), 'utf8')) as number[];
    assert.deepEqual(pids.map(isAlive), [true, true]);
    await window.views.inlineAction('Executions', 'Silent', 'Cancel Execution');
    await execution('Silent', 'cancelled');
    await window.until('the end of the processes', () => !pids.some(isAlive) || undefined);
    await window.until(
      'no warning in the editor',
      async () =>
        (await window.problems()).every(({ message }) => !message.includes('stuck')) || undefined,
    );
  });

  it('takes an approval from the notification', async () => {
    await window.clearNotifications();
    // A dashboard that is seen keeps notifications away.
    await window.openFile('workflows/asks.yaml');
    await run('asks');
    const notification = await window.notification('Asks asks: Shall it go on?');
    assert.deepEqual(notification.buttons, ['Approve', 'Reject', 'Show']);
    assert.match((await execution('Asks', 'waiting')).description, /waiting/);
    await window.clickNotification('Shall it go on?', 'Approve');
    const over = await folder.over('asks');
    assert.equal(over.status, 'succeeded');
    assert.equal(over.tasks[0]?.approval?.decision, 'approved');
    await execution('Asks', 'succeeded');
  });

  it('takes a rejection from the tree', async () => {
    await run('asks');
    await execution('Asks', 'waiting');
    await window.views.inlineAction('Executions', isIn('Asks', 'waiting'), 'Reject');
    await execution('Asks', 'failed');
    const { tasks } = await folder.over('asks');
    assert.deepEqual(
      tasks.map(({ status, reason }) => ({ status, reason })),
      [
        { status: 'failed', reason: 'rejected' },
        { status: 'skipped', reason: null },
      ],
    );
  });

  it('shows what is wrong with a workflow file, and running it fails in sight', async () => {
    await window.openFile('workflows/broken.yaml');
    const problem = await window.problem('`need`');
    assert.match(problem.message, /`needs`/);
    assert.deepEqual([problem.file, problem.line], ['broken.yaml', 5]);
    const row = await window.views.row('Agents', 'broken');
    assert.equal(row.icon, 'warning');
    await run('broken');
    // Its name cannot be trusted: the id stands for it.
    const failed = await window.views.row(
      'Executions',
      ({ label, description }) => /^broken$/i.test(label) && description.startsWith('failed'),
    );
    assert.equal(failed.icon, 'error');
    await window.notification('failed:');
    assert.equal((await folder.over('broken')).reason, 'invalid-workflow');
  });

  it('runs the fallback in place of a broken workflow', async () => {
    await window.clearNotifications();
    const fallback = 'name: Fallback\ntasks:\n  say: { shell: node, run: "console.log(1)" }\n';
    await folder.write('workflows/fallback.yaml', fallback);
    await window.views.row('Agents', 'fallback');
    await run('broken');
    const row = await execution('Fallback', 'succeeded');
    assert.match(row.description, /in place of broken/);
    const [newest] = await folder.executions();
    assert.equal(newest?.fallback?.for, 'broken');
  });

  it('runs the fallback in place of a workflow that is gone', async () => {
    await folder.write(
      'workflows/passing.yaml',
      'name: Passing\ntasks:\n  say: { run: "echo 1" }\n',
    );
    await window.views.row('Agents', 'passing');
    await run('passing');
    await execution('Passing', 'succeeded');
    await folder.remove('workflows/passing.yaml');
    await window.views.contextMenu('Executions', isIn('Passing', 'succeeded'), 'Run Again');
    const instead = await folder.execution(
      'fallback',
      'in place of passing',
      ({ fallback, status }) => fallback?.for === 'passing' && status === 'succeeded',
    );
    assert.match(instead.fallback?.reason ?? '', /passing\.yaml/);
  });

  it('counts on its icon the failures that nobody has seen', async () => {
    const before = (await folder.executions('doomed')).length;
    await window.runCommand('View: Show Explorer');
    await startInTerminal(folder, 'run', 'doomed').finished;
    await window.until('the badge', async () =>
      (await window.views.badge('Agent Executor')) === '1' ? true : undefined,
    );
    assert.equal((await folder.executions('doomed')).length, before + 1);
    await window.views.openContainer('Agent Executor');
    await window.until('no badge', async () =>
      (await window.views.badge('Agent Executor')) === undefined ? true : undefined,
    );
  });

  it('brings back a view file that was deleted', async () => {
    const before = (await folder.executions()).map(({ id }) => id);
    assert.ok(before.length > 3);
    await folder.remove('.agent-executor/task-executions.json');
    await window.until('the view file', async () => {
      const ids = (await folder.executions()).map(({ id }) => id);
      return JSON.stringify(ids) === JSON.stringify(before) || undefined;
    });
    await execution('Gated', 'succeeded');
  });

  it('collapses several failures of one moment', async () => {
    await window.clearNotifications();
    const countFailed = async (): Promise<number> =>
      (await folder.executions('doomed')).filter(({ status }) => status === 'failed').length;
    const before = await countFailed();
    for (let times = 0; times < 3; times++) await run('doomed');
    await window.until(
      'three failures',
      async () => (await countFailed()) === before + 3 || undefined,
    );
    await window.notification('executions failed');
  });

  it('writes every transition to its output channel', async () => {
    const text = await window.until('the transitions', async () => {
      const lines = await window.outputChannel();
      return /gated.*first.*succeeded/i.test(lines) ? lines : undefined;
    });
    assert.match(text, /cancelled/);
  });

  it('takes an approval from the tree, and a rejection from the notification', async () => {
    await window.clearNotifications();
    await run('asks');
    await window.views.inlineAction('Executions', isIn('Asks', 'waiting'), 'Approve');
    assert.equal((await folder.over('asks')).status, 'succeeded');
    await window.clearNotifications();
    await run('asks');
    await window.notification('Asks asks: Shall it go on?');
    await window.clickNotification('Shall it go on?', 'Reject');
    assert.equal((await folder.over('asks')).status, 'failed');
  });

  async function run(agent: string): Promise<void> {
    await folder.run(window, agent);
  }

  function isIn(name: string, state: string): (row: TreeRow) => boolean {
    return ({ label, description }) => label === name && description.startsWith(state);
  }

  function execution(name: string, state: string): Promise<TreeRow> {
    return window.views.row('Executions', isIn(name, state));
  }

  async function task(name: string, state: string): Promise<TreeRow> {
    return window.views.row(
      'Executions',
      (row) => row.level === 3 && row.label === name && row.description.startsWith(state),
    );
  }
});
