import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { useWindows } from '../host/use-windows.ts';
import type { TreeRow } from '../host/tree-view.ts';
import type { AppWindow } from '../host/window.ts';
import { Dashboard } from './dashboard.ts';
import { ExecutionRows, isIn } from './execution-rows.ts';
import { isAlive, startInTerminal, TestFolder } from './test-folder.ts';
import { testWorkflows } from './test-workflows.ts';

describe('a window steers executions', () => {
  const windows = useWindows();
  let folder: TestFolder;
  let window: AppWindow;
  let rows: ExecutionRows;

  before(async () => {
    folder = await TestFolder.make(windows, 'gated', 'silent', 'asks', 'broken', 'greet', 'doomed');
    // What a test changes by a click is changed there, and not for all windows.
    const settings = {
      'agentExecutor.notifications': 'failures',
      'agentExecutor.taskResults': 'both',
    };
    await folder.write('.vscode/settings.json', JSON.stringify(settings));
    window = await windows.open({ workspace: folder.path });
    rows = new ExecutionRows(window);
    await window.views.openContainer('Agent Executor');
  });

  it('follows a running execution in the tree, task by task', async () => {
    await run('gated');
    const row = await rows.execution('Gated', 'running');
    assert.equal(row.icon, 'loading');
    assert.equal(row.expanded, true);
    await rows.task('first', 'succeeded');
    await rows.task('gate', 'running');
    // The row that sums up comes a moment after what it sums up.
    await rows.execution('Gated', 'running · 1 of 3 tasks');
    assert.equal((await rows.task('last', 'pending')).icon, 'circle-outline');
    await window.until('the status bar', async () => {
      const items = await window.statusBarItems();
      return items.some(({ text }) => text.includes('1 running')) || undefined;
    });
    await window.clickStatusBarItem('1 running');
    const [running] = await window.quick.rows();
    assert.equal(running?.label.replace(/^\$\(.*?\) ?/, ''), 'Gated');
    await window.quick.dismiss();
    await window.views.mark('Executions', [isIn('Gated', 'running')]);
    // The click has folded it as well.
    await window.views.expand('Executions', isIn('Gated', 'running'));
    await folder.finish('gated');
    await rows.execution('Gated', 'succeeded');
    // It stands under another heading now, and is still the one that was chosen.
    await window.until('the row still marked', async () =>
      (await rows.execution('Gated', 'succeeded')).selected ? true : undefined,
    );
    await rows.task('last', 'succeeded');
    assert.deepEqual(folder.marks(), ['first', 'gate', 'last']);
  });

  it('warns of a stuck task, with evidence, in tree, editor, notification and dashboard', async () => {
    await window.openFile('workflows/silent.yaml');
    await run('silent');
    const row = await rows.task('hang', 'stuck');
    assert.equal(row.icon, 'warning');
    assert.match(row.description, /stuck since .*no output/);
    const problem = await window.problem('hang seems stuck');
    assert.equal(problem.severity, 'warning');
    assert.match(problem.message, /no output/);
    assert.deepEqual([problem.file, problem.line, problem.column], ['silent.yaml', 5, 3]);
    const notification = await window.notification('hang seems stuck');
    assert.equal(notification.severity, 'warning');
    assert.deepEqual(notification.buttons, ['Open Log', 'Cancel', 'Show', "Don't Show Again"]);
    await window.until('its picture in the margin', async () =>
      (await window.page.locator('.editor-instance .cgmr[class*="ced-"]').count()) > 0
        ? true
        : undefined,
    );
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
    await rows.execution('Silent', 'cancelled');
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
    assert.match((await rows.execution('Asks', 'waiting')).description, /waiting/);
    await window.clickNotification('Shall it go on?', 'Approve');
    const over = await folder.over('asks');
    assert.equal(over.status, 'succeeded');
    assert.equal(over.tasks[0]?.approval?.decision, 'approved');
    await rows.execution('Asks', 'succeeded');
  });

  it('takes a rejection from the tree', async () => {
    await run('asks');
    await rows.execution('Asks', 'waiting');
    await window.views.inlineAction('Executions', isIn('Asks', 'waiting'), 'Reject');
    await rows.execution('Asks', 'failed');
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
    const row = await rows.execution('Fallback', 'succeeded');
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
    await rows.execution('Passing', 'succeeded');
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
    await rows.execution('Gated', 'succeeded');
  });

  it('collapses several failures of one moment', async () => {
    await window.clearNotifications();
    const countFailed = async (): Promise<number> =>
      (await folder.executions('doomed')).filter(({ status }) => status === 'failed').length;
    const before = await countFailed();
    // Clicks would be seconds apart, and what is told in between decides how many are left to be told together.
    const runs = Array.from({ length: 3 }, () => startInTerminal(folder, 'run', 'doomed').finished);
    await Promise.all(runs);
    await window.until(
      'three failures',
      async () => (await countFailed()) === before + 3 || undefined,
    );
    await window.notification('executions failed');
  });

  it('stops telling when asked to, and starts again', async () => {
    await window.clickNotification('executions failed', "Don't Show Again");
    await window.notification('notifications of approvals only');
    // One of those before may have been told by itself.
    const ofDoomed = async (): Promise<readonly string[]> =>
      (await window.notifications())
        .map(({ message }) => message)
        .filter((message) => message.includes('Doomed'));
    const toldBefore = await ofDoomed();
    const before = (await folder.executions('doomed')).length;
    await run('doomed');
    await window.until('the failure in the view', async () => {
      const failed = (await folder.executions('doomed')).filter(
        ({ status }) => status === 'failed',
      );
      return failed.length === before + 1 || undefined;
    });
    await run('asks');
    // It is told, and comes after what is not told.
    await window.notification('Shall it go on?');
    const toldSince = await ofDoomed();
    assert.ok(toldSince.length <= toldBefore.length, toldSince.join());
    await window.clickNotification('Shall it go on?', 'Approve');
    await folder.over('asks');
    await window.clickNotification('notifications of approvals only', 'Undo');
    await window.until(
      'the setting as it was',
      async () =>
        (await readFile(folder.file('.vscode/settings.json'), 'utf8')).includes('failures') ||
        undefined,
    );
    await window.clearNotifications();
    await run('doomed');
    // Perhaps together with the last of those before, which waited until the others were read.
    await window.notification(' failed');
  });

  it('cancels, resumes and retries what is marked, after one question each', async () => {
    await window.clearNotifications();
    await folder.write('workflows/other.yaml', testWorkflows.gated.replace('Gated', 'Other'));
    await window.views.row('Agents', 'other');
    for (const agent of ['gated', 'other']) {
      await run(agent);
      await folder.task(agent, 'gate', 'running');
    }
    const both = (state: string) => [isIn('Gated', state), isIn('Other', state)] as const;
    await rows.choose(both('running'), 'Cancel Execution', 'Cancel 2 executions?', 'Cancel Them');
    for (const agent of ['gated', 'other']) {
      assert.equal((await folder.over(agent)).status, 'cancelled');
    }
    await folder.write('go');
    await rows.choose(both('cancelled'), 'Resume', 'Resume 2 executions?', 'Resume');
    for (const agent of ['gated', 'other']) {
      await folder.execution(agent, 'succeeded', ({ status }) => status === 'succeeded');
    }
    await folder.remove('go');
    await folder.write('workflows/fallen.yaml', testWorkflows.doomed.replace('Doomed', 'Fallen'));
    await window.views.row('Agents', 'fallen');
    await run('fallen');
    await folder.over('fallen');
    const failed = [isIn('Fallen', 'failed'), isIn('Doomed', 'failed')] as const;
    await rows.choose(failed, 'Retry', 'Retry the failed tasks of 2 executions?', 'Retry');
    for (const agent of ['fallen', 'doomed'] as const) {
      await folder.execution(
        agent,
        'failed once more',
        ({ attempt, status }) => attempt === 2 && status === 'failed',
      );
    }
  });

  it('narrows the view to states, and shows all again', async () => {
    await window.views.titleAction('Executions', 'Filter Executions');
    await window.quick.pick('cancelled');
    await window.page.keyboard.press('Enter');
    const names = async (): Promise<readonly string[]> =>
      (await window.views.rows('Executions')).filter(({ level }) => level === 2).map(nameOf);
    await window.until('the cancelled ones alone', async () =>
      (await names()).every((name) => name === 'Silent') ? true : undefined,
    );
    await window.views.titleAction('Executions', 'Clear Filter');
    await window.until('all of them', async () =>
      (await names()).includes('Fallen') ? true : undefined,
    );
  });

  it('tells all about an execution that the pointer rests on', async () => {
    const hover = window.page.locator('.workbench-hover');
    const text = await window.until('what it says', async () => {
      await window.views.inlineActions('Executions', isIn('Fallen', 'failed'));
      await hover.first().waitFor({ timeout: 5000 });
      const said = (await hover.allInnerTexts()).join(' ');
      return said.includes('Fallen') || said.includes('fallen') ? said : undefined;
    });
    // The editor draws spaces as no-break spaces.
    assert.match(text.replace(/\u00a0/g, ' '), /State failed.*by vscode.*Id \d{8}-/s);
  });

  it('opens an execution that is dragged into the editor area, and says so when it is removed', async () => {
    await window.runCommand('View: Close All Editors');
    const dragged = isIn('Other', 'succeeded');
    await window.views.dragToEditor('Executions', dragged, async () =>
      (await window.tabs()).includes('Other'),
    );
    const page = new Dashboard(window, 'Other');
    await page.task('last', 'Succeeded');
    await window.views.contextMenu('Executions', dragged, 'Remove');
    await window.answerDialog('Remove', 'Remove');
    await window.until('that it was removed', async () =>
      (await page.text('.notices')).includes('This execution was removed') ? true : undefined,
    );
    await window.runCommand('View: Close Editor');
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
});

function nameOf({ label }: TreeRow): string {
  return label;
}
