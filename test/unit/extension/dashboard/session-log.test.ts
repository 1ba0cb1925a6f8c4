import assert from 'node:assert/strict';
import type { TaskStatus } from '../../../../src/model/status.ts';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { rowAt } from '../../../../src/webview/state/list-state.ts';
import { fakeExecution, triedTask } from '../../../webview/fake-executions.ts';
import { newTask } from '../../model/build-execution.ts';
import { DashboardLink } from './dashboard-link.ts';

const nowMs = 1_800_000_000_000;

describe('the log of a dashboard, both ends of it', () => {
  it('the log of the task at work is followed, and that of its next attempt', async () => {
    const running = (attempts: number) =>
      triedTask('test', 'running', { startMs: nowMs, endMs: null, attempts });
    const link = new DashboardLink([
      fakeExecution(1, 'running', nowMs, { tasks: [newTask('other'), running(1)] }),
    ]);
    link.logs.set('test.1.log', Buffer.from('first\n'));
    link.logs.set('test.2.log', Buffer.from('second\n'));
    await link.start();
    const text = (): string | undefined =>
      link.model.state.log?.pieces
        .flatMap(({ lines }) => lines.map((line) => `${line.text}\n`))
        .join('');
    assert.equal(text(), 'first\n');
    link.logs.set('test.1.log', Buffer.from('first\nmore\n'));
    await link.rest(600);
    assert.equal(text(), 'first\nmore\n');
    link.update(0, (execution) => ({ ...execution, tasks: [newTask('other'), running(2)] }));
    await link.rest();
    assert.equal(text(), 'second\n');
  });

  it('what a change means for the log comes with it: the end of one, the beginning of the next', async () => {
    const at = (...statuses: readonly TaskStatus[]) =>
      statuses.map((status, index) =>
        status === 'pending'
          ? newTask(`t${index}`)
          : triedTask(`t${index}`, status, { startMs: nowMs, endMs: null, attempts: 1 }),
      );
    const link = new DashboardLink([
      fakeExecution(1, 'running', nowMs, { tasks: at('running', 'pending') }),
    ]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    await link.start();
    const shown = (): readonly (string | null | undefined)[] => [
      link.model.state.logTask,
      link.model.state.log?.pieces.flatMap(({ lines }) => lines.map((line) => line.text)).join(),
    ];
    const sentFor = async (tasks: ReturnType<typeof at>): Promise<readonly string[]> => {
      const before = link.sent.length;
      link.update(0, (execution) => ({ ...execution, tasks }));
      await link.rest(200);
      return link.sent.slice(before).map(({ type }) => type);
    };
    assert.deepEqual(shown(), ['t0', 'first']);
    link.logs.set('t1.1.log', Buffer.from('second\n'));
    assert.deepEqual(await sentFor(at('succeeded', 'running')), ['change']);
    assert.deepEqual(shown(), ['t1', 'second']);
    link.logs.set('t1.1.log', Buffer.from('second\nthe end\n'));
    assert.deepEqual(await sentFor(at('succeeded', 'succeeded')), ['change']);
    assert.deepEqual(shown(), ['t1', 'second,the end']);
    assert.deepEqual(link.reports, []);
  });

  it('a change does not wait behind a log that has nothing to say, and the log goes on', async () => {
    const tasks = (status: TaskStatus) => [
      triedTask('t0', 'running', { startMs: nowMs, endMs: null, attempts: 1 }),
      triedTask('t1', status, { startMs: nowMs, endMs: null, attempts: 1 }),
    ];
    const link = new DashboardLink([
      fakeExecution(1, 'running', nowMs, { tasks: tasks('running') }),
    ]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    await link.start();
    const before = link.sent.length;
    for (let turn = 0; turn < 30; turn += 1) {
      const text = `first\n${'more\n'.repeat(turn)}`;
      link.logs.set('t0.1.log', Buffer.from(text));
      link.update(0, (execution) => ({
        ...execution,
        tasks: tasks(turn % 2 === 0 ? 'retrying' : 'running'),
      }));
      await link.rest(40);
    }
    await link.rest(600);
    const sent = link.sent.slice(before).map(({ type }) => type);
    assert.ok(sent.length >= 5, String(sent.length));
    const lines = link.model.state.log?.pieces.flatMap((piece) => piece.lines).length;
    assert.equal(lines, 30);
    const changes = sent.filter((type) => type === 'change').length;
    assert.ok(changes > sent.length - 3, sent.join());
  });

  it('a change is told although the log that begins with it cannot be read', async () => {
    const task = (id: string, status: TaskStatus) =>
      triedTask(id, status, { startMs: nowMs, endMs: null, attempts: 1 });
    const link = new DashboardLink([
      fakeExecution(1, 'running', nowMs, { tasks: [task('t0', 'running'), newTask('t1')] }),
    ]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    await link.start();
    link.logs.get = () => {
      throw new Error('the disk is away');
    };
    const tasks = [task('t0', 'succeeded'), task('t1', 'running')];
    link.update(0, (execution) => ({ ...execution, name: 'seen', tasks }));
    await link.rest();
    assert.equal(rowAt(link.model.state.list!, 0)?.name, 'seen');
  });

  it('changes go on while the end of a log hangs, and the end follows when it comes', async () => {
    const task = (status: TaskStatus) =>
      triedTask('t0', status, { startMs: nowMs, endMs: null, attempts: 1 });
    const link = new DashboardLink([
      fakeExecution(1, 'running', nowMs, { tasks: [task('running')] }),
    ]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    await link.start();
    link.logs.set('t0.1.log', Buffer.from('first\nthe end\n'));
    const answerLogs = link.hangLogs();
    link.update(0, (execution) => ({ ...execution, tasks: [task('succeeded')] }));
    await link.rest(300);
    link.update(0, (execution) => ({ ...execution, name: 'again' }));
    await link.rest(300);
    assert.deepEqual(
      [rowAt(link.model.state.list!, 0)?.name, link.model.state.detail?.tasks[0]?.status],
      ['again', 'succeeded'],
    );
    answerLogs();
    await link.rest();
    assert.deepEqual(shownLines(link), ['first', 'the end']);
    assert.deepEqual(link.reports, []);
  });

  it('changes go on while the log of the next task hangs, and that is shown when it comes', async () => {
    const task = (id: string, status: TaskStatus) =>
      triedTask(id, status, { startMs: nowMs, endMs: null, attempts: 1 });
    const link = new DashboardLink([
      fakeExecution(1, 'running', nowMs, { tasks: [task('t0', 'running'), newTask('t1')] }),
    ]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    link.logs.set('t1.1.log', Buffer.from('second\n'));
    await link.start();
    const answerLogs = link.hangLogs();
    const tasks = [task('t0', 'succeeded'), task('t1', 'running')];
    link.update(0, (execution) => ({ ...execution, tasks }));
    await link.rest(300);
    link.update(0, (execution) => ({ ...execution, name: 'again' }));
    // Longer than the page waits for an answer.
    await link.rest(20_000);
    const { list, logTask } = link.model.state;
    assert.deepEqual([rowAt(list!, 0)?.name, logTask], ['again', 't1']);
    answerLogs();
    link.update(0, (execution) => ({ ...execution, tasks: [...tasks, newTask('t2')] }));
    await link.rest();
    assert.deepEqual(shownLines(link), ['second']);
  });

  it('changes go on while a log that grows hangs', async () => {
    const running = triedTask('t0', 'running', { startMs: nowMs, endMs: null, attempts: 1 });
    const link = new DashboardLink([fakeExecution(1, 'running', nowMs, { tasks: [running] })]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    await link.start();
    const answerLogs = link.hangLogs();
    // It is looked at meanwhile, as it is all the time.
    await link.rest(600);
    link.update(0, (execution) => ({ ...execution, name: 'seen' }));
    await link.rest(300);
    assert.equal(rowAt(link.model.state.list!, 0)?.name, 'seen');
    link.logs.set('t0.1.log', Buffer.from('first\nmore\n'));
    answerLogs();
    await link.rest();
    assert.deepEqual(shownLines(link), ['first', 'more']);
    link.model.dispose();
    link.session.dispose();
    assert.deepEqual([link.timers.waiting, link.reports], [0, []]);
  });

  it('a log that hangs leaves no timer behind when the dashboard is closed', async () => {
    const running = triedTask('t0', 'running', { startMs: nowMs, endMs: null, attempts: 1 });
    const link = new DashboardLink([fakeExecution(1, 'running', nowMs, { tasks: [running] })]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    await link.start();
    link.hangLogs();
    await link.rest(300);
    link.model.dispose();
    link.session.dispose();
    await link.rest(10);
    assert.equal(link.timers.waiting, 0);
  });

  it('a log that a person chose stays, also when it is the one that was followed', async () => {
    const at = (first: TaskStatus) => [
      triedTask('t0', first, { startMs: nowMs, endMs: null, attempts: 1 }),
      triedTask('t1', 'running', { startMs: nowMs, endMs: null, attempts: 1 }),
    ];
    const link = new DashboardLink([fakeExecution(1, 'running', nowMs, { tasks: at('running') })]);
    link.logs.set('t0.1.log', Buffer.from('first\n'));
    link.logs.set('t1.1.log', Buffer.from('second\n'));
    await link.start();
    link.model.showLog('t0');
    await link.rest();
    link.logs.set('t0.1.log', Buffer.from('first\nmore\n'));
    link.update(0, (execution) => ({ ...execution, tasks: at('succeeded') }));
    await link.rest();
    const text = link.model.state.log?.pieces.flatMap(({ lines }) => lines.map((one) => one.text));
    assert.deepEqual([link.model.state.logTask, text], ['t0', ['first', 'more']]);
    link.model.showLog(null);
    await link.rest();
    assert.equal(link.model.state.logTask, 't1');
    assert.deepEqual(link.reports, []);
  });

  it('a message with rows and a log is no longer than the limit', async () => {
    const at = (count: number) =>
      Array.from({ length: 300 }, (_, index) =>
        index > count
          ? newTask(`t${index}`)
          : triedTask(
              `t${index}`,
              index < count ? 'succeeded' : 'running',
              { startMs: nowMs, endMs: null, attempts: 3 },
              { message: 'ü'.repeat(500) },
            ),
      );
    const link = new DashboardLink([fakeExecution(1, 'running', nowMs, { tasks: at(0) })]);
    for (let task = 0; task < 300; task += 1) {
      link.logs.set(`t${task}.3.log`, Buffer.from('\u0001'.repeat(20_000)));
    }
    await link.start();
    for (const count of [40, 80, 120]) {
      link.update(0, (execution) => ({ ...execution, tasks: at(count) }));
      await link.rest(4000);
    }
    assert.equal(link.model.state.logTask, 't120');
    assert.ok(Math.max(...link.sent.map(({ bytes }) => bytes)) <= maxMessageBytes);
    assert.deepEqual(link.reports, []);
  });
});

function shownLines({ model }: DashboardLink): readonly string[] | undefined {
  return model.state.log?.pieces.flatMap(({ lines }) => lines.map(({ text }) => text));
}
