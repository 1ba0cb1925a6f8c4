import assert from 'node:assert/strict';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { rowAt } from '../../../../src/webview/state/list-state.ts';
import { initialView } from '../../../../src/webview/state/view-state.ts';
import { fakeExecution, fakeHistory, triedTask } from '../../../webview/fake-executions.ts';
import { DashboardLink } from './dashboard-link.ts';
import { newTask } from '../../model/build-execution.ts';

const nowMs = 1_800_000_000_000;

describe('the dashboard, both ends of it', () => {
  it('starts with the list and the newest execution', async () => {
    const link = new DashboardLink(fakeHistory(30, nowMs));
    await link.start();
    const { phase, list, detail } = link.model.state;
    assert.deepEqual([phase, list?.total, detail?.key], ['ready', 30, link.executions[0]?.key]);
    assert.deepEqual(link.reports, []);
  });

  it('shows a change at once and another one a little later', async () => {
    const link = new DashboardLink(fakeHistory(30, nowMs));
    await link.start();
    const name = (): string | undefined => rowAt(link.model.state.list!, 0)?.name;
    link.update(0, (execution) => ({ ...execution, name: 'one' }));
    assert.equal(name(), 'one');
    link.update(0, (execution) => ({ ...execution, name: 'two' }));
    assert.equal(name(), 'one');
    link.timers.pass(40);
    assert.equal(name(), 'two');
  });

  it('shows the end of an execution with the last of a burst, and waits for nothing after it', async () => {
    const link = new DashboardLink([
      fakeExecution(1, 'running', nowMs, { tasks: [newTask('build')] }),
    ]);
    await link.start();
    await link.rest(1000);
    const shown = (): string | undefined => rowAt(link.model.state.list!, 0)?.status;
    const change = (status: 'running' | 'succeeded'): void => {
      link.update(0, (execution) => ({ ...execution, name: `${execution.name}!`, status }));
    };
    change('running');
    link.timers.pass(60);
    const before = link.sent.length;
    change('running');
    link.timers.pass(5);
    assert.equal(link.sent.length, before);
    change('succeeded');
    await link.rest(0);
    assert.deepEqual([link.sent.length, shown()], [before + 1, 'succeeded']);
    link.timers.pass(60);
    change('succeeded');
    link.timers.pass(5);
    assert.equal(link.sent.length, before + 1);
  });

  it('is told of changes once a second while nobody sees it, and at once when it is seen again', async () => {
    const link = new DashboardLink(fakeHistory(30, nowMs));
    await link.start();
    await link.rest(1000);
    link.model.setSeen(false);
    const name = (): string | undefined => rowAt(link.model.state.list!, 0)?.name;
    const rename = (to: string): void => {
      link.update(0, (execution) => ({ ...execution, name: to }));
    };
    rename('one');
    link.timers.pass(900);
    assert.notEqual(name(), 'one');
    rename('two');
    link.timers.pass(100);
    assert.equal(name(), 'two');
    rename('three');
    link.timers.pass(50);
    assert.equal(name(), 'two');
    link.model.setSeen(true);
    assert.equal(name(), 'three');
  });

  it('tells that it is out of sight, and no longer when it is closed', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    link.model.setSeen(false);
    assert.equal(link.sights.at(-1), false);
    link.session.hidden();
    assert.equal(link.sights.at(-1), true);
    // A page that is taken away says so when it is closed already.
    link.model.setSeen(false);
    assert.equal(link.sights.at(-1), true);
  });

  it('is unseen still after it had to begin anew', async () => {
    const link = new DashboardLink(fakeHistory(30, nowMs));
    await link.start();
    link.model.setSeen(false);
    await link.model.start();
    await link.rest(1000);
    const before = link.sent.length;
    for (let turn = 0; turn < 19; turn += 1) {
      link.update(0, (execution) => ({ ...execution, name: String(turn) }));
      link.timers.pass(100);
    }
    assert.equal(link.sent.length - before, 1);
  });

  it('a message about one change is as short with 10,000 executions as with ten', async () => {
    const bytes: number[] = [];
    for (const count of [10, 10_000]) {
      const link = new DashboardLink(fakeHistory(count, nowMs));
      await link.start();
      link.update(0, (execution) => ({ ...execution, name: 'changed' }));
      bytes.push(link.sent.at(-1)?.bytes ?? 0);
    }
    assert.ok(Math.abs(bytes[0]! - bytes[1]!) < 50 && bytes[1]! < 1500, String(bytes));
  });

  it('sends nothing that is longer than the limit, also with 500 tasks and long messages', async () => {
    const long = 'ü'.repeat(2000);
    const tasks = Array.from({ length: 500 }, (_, index) =>
      triedTask(
        `task-${index}`,
        'failed',
        { startMs: nowMs, endMs: nowMs, attempts: 10 },
        {
          message: long,
        },
      ),
    );
    const link = new DashboardLink([
      fakeExecution(1, 'failed', nowMs, { tasks, message: long }),
      ...fakeHistory(100, nowMs),
    ]);
    await link.start();
    await link.rest(10_000);
    assert.equal(link.model.state.detail?.tasks.filter(Boolean).length, 200);
    assert.ok(link.sent.every(({ bytes }) => bytes <= maxMessageBytes));
    assert.deepEqual(link.reports, []);
  });

  it('more tasks come when they are asked for', async () => {
    const tasks = Array.from({ length: 450 }, (_, index) => newTask(`task-${index}`));
    const link = new DashboardLink([fakeExecution(1, 'running', nowMs, { tasks })]);
    await link.start();
    link.model.showMoreTasks();
    await link.rest(5000);
    assert.equal(link.model.state.detail?.tasks.filter(Boolean).length, 400);
  });

  it('a missed message is noticed and made good by a snapshot', async () => {
    const link = new DashboardLink(fakeHistory(30, nowMs));
    await link.start();
    link.isDeaf = true;
    link.update(0, (execution) => ({ ...execution, name: 'missed' }));
    link.timers.pass(200);
    link.isDeaf = false;
    link.update(1, (execution) => ({ ...execution, name: 'seen' }));
    await link.rest();
    const names = [0, 1].map((index) => rowAt(link.model.state.list!, index)?.name);
    assert.deepEqual(names, ['missed', 'seen']);
    assert.match(link.reports[0] ?? '', /missed what came between/);
  });

  it('a late change is refused', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    const { list, standing } = link.model.state;
    link.model.receive({
      type: 'change',
      body: { base: 0, revision: 1, standing, list: null, detail: null, log: null },
    });
    assert.equal(link.model.state.list, list);
    assert.match(link.reports[0] ?? '', /refused a late change/);
  });

  it('nothing is sent or read while the webview is hidden', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    link.session.hidden();
    const before = [link.sent.length, link.refreshes];
    link.update(0, (execution) => ({ ...execution, name: 'unseen' }));
    link.timers.pass(60_000);
    assert.deepEqual([link.sent.length, link.refreshes], before);
    await link.start();
    assert.equal(rowAt(link.model.state.list!, 0)?.name, 'unseen');
  });

  it('is read anew on the interval, and says when', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    const first = link.model.state.standing?.readMs ?? 0;
    await link.rest(4100);
    assert.equal(link.refreshes, 2);
    assert.ok((link.model.state.standing?.readMs ?? 0) >= first + 3900);
  });

  it('a reading that found nothing new is told only before the picture would look old', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    const before = link.sent.length;
    for (let second = 0; second < 60; second += 1) {
      await link.rest(1000);
      assert.ok(link.timers.nowMs - (link.model.state.standing?.readMs ?? 0) < 5000);
    }
    assert.equal(link.refreshes, 30);
    assert.equal(link.sent.length - before, 15);
  });

  it('news that no row tells of, such as a process that was started, wait for the next reading', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    const before = link.sent.length;
    for (let time = 0; time < 3; time += 1) link.session.sourceChanged();
    await link.rest(500);
    assert.equal(link.sent.length, before);
    await link.rest(2000);
    assert.equal(link.sent.length, before + 1);
  });

  it('a person who asks for a reading is told of it at once', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    link.timers.pass(700);
    const askedMs = link.timers.nowMs;
    void link.model.commands.refresh();
    await link.rest(300);
    assert.ok((link.model.state.standing?.readMs ?? 0) >= askedMs);
  });

  it('a refresh that fails is shown, and goes away with the next good one', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    link.refreshError = new Error('disk is gone');
    await link.rest(2100);
    assert.deepEqual(
      link.model.state.standing?.trouble.map(({ message }) => message),
      ['Could not refresh: disk is gone'],
    );
    link.refreshError = null;
    await link.rest(2100);
    assert.deepEqual(link.model.state.standing.trouble, []);
  });

  it('a selection of an earlier time is taken up again', async () => {
    const history = fakeHistory(50, nowMs);
    const selected = history[40]?.key ?? '';
    const link = new DashboardLink(history, { ...initialView, selected });
    await link.start();
    assert.equal(link.model.state.detail?.key, selected);
  });

  it('what is revealed before the webview is ready is shown when it is', async () => {
    const history = fakeHistory(50, nowMs);
    const key = history[7]?.key ?? '';
    const link = new DashboardLink(history);
    link.session.reveal({ key, task: 'test', compareWith: null });
    await link.start();
    assert.deepEqual([link.model.state.detail?.key, link.model.state.logTask], [key, 'test']);
  });

  it('a command goes to the extension with its execution, a refused one becomes a notice', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    await link.model.commands.run('runAgain');
    assert.deepEqual(
      link.commands.map(({ type, target }) => [type, target?.key]),
      [['runAgain', link.executions[0]?.key]],
    );
    await link.model.commands.run('cancel');
    assert.match(link.model.state.notice?.message ?? '', /Cancel is not possible/);
    assert.equal(link.commands.length, 1);
  });

  it('the filter, the search and the agent are asked of the extension', async () => {
    const link = new DashboardLink(fakeHistory(60, nowMs));
    await link.start();
    link.model.narrow({ filter: 'failed', agent: 'hello' });
    await link.rest();
    const { list } = link.model.state;
    assert.ok(list!.total > 0 && list!.total < 10);
    assert.ok([...list!.rows.values()].every((row) => row.agent === 'hello'));
    link.model.narrow({ filter: 'all', agent: null, query: 'nothing like this' });
    await link.rest();
    assert.equal(link.model.state.list?.total, 0);
  });

  it('after its end nothing is left behind', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    await link.rest(1000);
    link.model.dispose();
    link.session.dispose();
    await link.rest(100);
    assert.equal(link.timers.waiting, 0);
  });

  it('what a person chose is kept', async () => {
    const link = new DashboardLink(fakeHistory(3, nowMs));
    await link.start();
    link.model.narrow({ filter: 'failed' });
    link.model.keepPlace({ listScroll: 120 });
    await link.rest(300);
    assert.deepEqual([link.kept?.filter, link.kept?.listScroll], ['failed', 120]);
  });
});
