import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning, statuses, taskOf, until, Workspace, type Run } from './workspace.ts';

describe('tasks that a spawner starts', function () {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/perl')) return;
  this.timeout(60_000);
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });

  const start = async (text: string): Promise<Run> => {
    workspace.workflow(text);
    const environment = { PATH: process.env['PATH'], AGENT_EXECUTOR_SPAWNER: 'always' };
    return workspace.start({}, { environment });
  };
  const read = (name: string): string => {
    const file = path.join(workspace.folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  };
  const pidIn = async (name: string): Promise<number> => {
    await until(name, () => /^\d+$/.test(read(name)));
    return Number(read(name));
  };

  it('have the record of their process before that of their end', async () => {
    const run = await start(`tasks: { a: { run: 'true' }, b: { needs: a, run: 'sleep 0.1' } }`);
    const execution = await run.finished;
    assert.deepEqual(statuses(execution), { a: 'succeeded', b: 'succeeded' });
    for (const { attempts } of execution.tasks) {
      assert.ok((attempts[0]?.pid ?? 0) > 1);
      assert.match(attempts[0]?.processStartTime ?? '', /^\d+$/);
    }
  });

  it('end when they are cancelled before their process is told of', async () => {
    const run = await start(`tasks: { a: { run: 'echo $$ > pid; exec sleep 60' } }`);
    await until('its start is recorded', () =>
      run.events.some(({ type }) => type === 'task-started'),
    );
    run.running.cancel('a test');
    run.running.cancel('a test');
    assert.deepEqual(statuses(await run.finished), { a: 'cancelled' });
    assert.ok(read('pid') === '' || !isRunning(Number(read('pid'))));
  });

  it('are killed when their execution is given up', async () => {
    const run = await start(`tasks: { a: { run: 'echo $$ > pid; exec sleep 60' } }`);
    const pid = await pidIn('pid');
    run.running.dispose();
    await until('it is gone', () => !isRunning(pid));
  });

  it('fail with what is known when the spawner is killed, and the next ones start all the same', async () => {
    const run = await start(`
tasks:
  a: { run: 'echo $PPID > spawner; echo $$ > pid; while [ ! -e go ]; do sleep 0.05; done' }
  b: { if: always(), needs: a, run: 'echo $PPID > direct' }
`);
    const spawner = await pidIn('spawner');
    const pid = await pidIn('pid');
    process.kill(spawner, 'SIGKILL');
    await until('the spawner is gone', () => !isRunning(spawner));
    assert.ok(isRunning(pid));
    workspace.file('go', '');
    const execution = await run.finished;
    const { status, reason, message } = taskOf(execution, 'a');
    assert.deepEqual([status, reason], ['failed', 'internal']);
    assert.match(message ?? '', /^what started it was ended from outside \(SIGKILL\)/);
    assert.equal(read('direct'), String(process.pid));
  });

  it('can be cancelled when the spawner is gone', async () => {
    const run = await start(
      `tasks: { a: { run: 'echo $PPID > spawner; echo $$ > pid; exec sleep 60' } }`,
    );
    const pid = await pidIn('pid');
    await until(
      'its process is recorded',
      () => run.running.execution.tasks[0]?.attempts[0]?.pid === pid,
    );
    process.kill(await pidIn('spawner'), 'SIGKILL');
    run.running.cancel('a test');
    assert.deepEqual(statuses(await run.finished), { a: 'cancelled' });
    assert.equal(isRunning(pid), false);
  });
});
