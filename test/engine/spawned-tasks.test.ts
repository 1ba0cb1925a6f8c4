import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemClock, type Clock } from '../../src/engine/ports.ts';
import { createEngine } from '../../src/engine/run/engine.ts';
import { nodeDisk, type Disk } from '../../src/engine/store/disk.ts';
import { claimPath, stateFolderOf } from '../../src/engine/store/state-folder.ts';
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

  /** What the spawner has started and is there. */
  const childrenOf = (pid: number): readonly number[] => {
    const file = `/proc/${String(pid)}/task/${String(pid)}/children`;
    return existsSync(file)
      ? readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number)
      : [];
  };
  const chain = `
tasks:
  a: { run: 'echo $PPID > spawner; until [ -e go ]; do sleep 0.02; done' }
  b: { needs: a, run: 'echo ran; touch ran' }
`;

  it('do not run while the disk refuses the record of their start, and run once when it takes it', async () => {
    let isFull = false;
    let refusals = 0;
    const disk: Disk = {
      ...nodeDisk,
      fdatasync(fd) {
        if (isFull) {
          refusals += 1;
          throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
        }
        nodeDisk.fdatasync(fd);
      },
    };
    // The 5 seconds until the next try are a moment here.
    const clock: Clock = {
      ...systemClock,
      after: (delayMs, run) => systemClock.after(delayMs === 5000 ? 50 : delayMs, run),
    };
    workspace.workflow(chain);
    const environment = { PATH: process.env['PATH'], AGENT_EXECUTOR_SPAWNER: 'always' };
    const engine = createEngine(workspace.options({ clock, environment }), disk);
    const trigger = { kind: 'manual', source: 'cli' } as const;
    const started = await engine.start({ agent: 'test', inputs: {}, trigger });
    assert.ok(started.ok);
    const spawner = await pidIn('spawner');
    isFull = true;
    workspace.file('go', '');
    await until('it has tried again', () => refusals > 1);
    await until('nothing waits', () => childrenOf(spawner).length === 0);
    assert.equal(existsSync(path.join(workspace.folder, 'ran')), false);
    isFull = false;
    const execution = await started.value.finished;
    engine.publisher.dispose();
    assert.deepEqual(statuses(execution), { a: 'succeeded', b: 'succeeded' });
    assert.equal(workspace.log(execution, 'b'), 'ran\n');
  });

  it('do not run when the execution belongs to someone else by then', async () => {
    const run = await start(chain);
    const spawner = await pidIn('spawner');
    writeFileSync(claimPath(stateFolderOf(workspace.folder), run.running.id, 2), '{}');
    workspace.file('go', '');
    await run.finished;
    await until('the spawner is gone', () => !isRunning(spawner));
    assert.deepEqual(childrenOf(spawner), []);
    assert.equal(existsSync(path.join(workspace.folder, 'ran')), false);
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
