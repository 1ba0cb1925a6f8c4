import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beatEveryMs } from '../../src/engine/liveness/beat.ts';
import { systemClock, type Clock } from '../../src/engine/ports.ts';
import { createEngine } from '../../src/engine/run/engine.ts';
import { nodeDisk, type Disk } from '../../src/engine/store/disk.ts';
import { claimPath, stateFolderOf } from '../../src/engine/store/state-folder.ts';
import { readSnapshot } from '../../src/engine/store/state-follower.ts';
import { isRunning, statuses, until, Workspace } from './workspace.ts';

describe('trouble while an execution runs', () => {
  let workspace: Workspace;
  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => {
    workspace.remove();
  });
  const has = (file: string): boolean => existsSync(path.join(workspace.folder, file));

  it('starts nothing while the disk is full, lets what runs go on, and continues when there is space', async () => {
    let isFull = false;
    let refusals = 0;
    const disk: Disk = {
      ...nodeDisk,
      write(fd, bytes, offset, length) {
        if (isFull) {
          refusals += 1;
          throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
        }
        return nodeDisk.write(fd, bytes, offset, length);
      },
    };
    // The 5 seconds until the next try are a moment here.
    const clock: Clock = {
      ...systemClock,
      after: (delayMs, run) => systemClock.after(delayMs === 5000 ? 50 : delayMs, run),
    };
    workspace.workflow(`
tasks:
  first: { run: 'touch started; until [ -e go ]; do sleep 0.02; done' }
  other: { run: 'until [ -e go ]; do sleep 0.02; done; touch other' }
  second: { needs: first, run: touch second }
`);
    const engine = createEngine(workspace.options({ clock }), disk);
    const started = await engine.start({
      agent: 'test',
      inputs: {},
      trigger: { kind: 'manual', source: 'cli' },
    });
    assert.ok(started.ok);
    await until('the task runs', () => has('started'));
    isFull = true;
    workspace.file('go', '');
    await until('it complains', () =>
      workspace.complaints.some((one) => /nothing new starts/.test(one)),
    );
    await until('the other task ended by itself', () => has('other'));
    await until('it has tried again', () => refusals > 4);
    assert.equal(has('second'), false);
    isFull = false;
    const complaints = workspace.complaints.filter((one) => /nothing new starts/.test(one));
    assert.equal(complaints.length, 1);
    const execution = await started.value.finished;
    engine.publisher.dispose();
    assert.equal(execution.status, 'succeeded');
    assert.deepEqual(statuses(execution), {
      first: 'succeeded',
      other: 'succeeded',
      second: 'succeeded',
    });
  });

  it('kills its processes and stops when the execution belongs to someone else', async () => {
    workspace.workflow(`
tasks:
  long: { run: 'echo $$ > pid; sleep 60' }
  short: { run: 'until [ -e go ]; do sleep 0.02; done' }
  next: { needs: short, run: touch next }
`);
    const run = await workspace.start();
    await until('the task runs', () => has('pid'));
    writeFileSync(claimPath(stateFolderOf(workspace.folder), run.running.id, 2), '{}');
    workspace.file('go', '');
    await run.finished;
    await until('its process is gone', () => !isRunning(Number(workspace.read('pid'))));
    assert.equal(has('next'), false);
    assert.ok(workspace.complaints.some((one) => /belongs to another process/.test(one)));
  });

  it('is shown again when its state folder is deleted under it, and goes on to its end', async () => {
    workspace.workflow(`
tasks:
  long: { run: 'touch started; until [ -e go ]; do sleep 0.02; done' }
  next: { needs: long, run: touch next }
`);
    // The two seconds between beats are a moment here.
    const clock: Clock = {
      ...systemClock,
      after: (delayMs, run) => systemClock.after(delayMs === beatEveryMs ? 50 : delayMs, run),
    };
    const run = await workspace.start({}, { clock });
    await until('the task runs', () => has('started'));
    rmSync(workspace.stateFolder, { recursive: true });
    const view = path.join(workspace.stateFolder, 'task-executions.json');
    await until('it is shown', () => existsSync(view));
    assert.equal(existsSync(path.join(workspace.stateFolder, '.gitignore')), true);
    const folder = stateFolderOf(workspace.folder);
    const shown = await readSnapshot(folder);
    assert.deepEqual(
      shown.executions.map(({ id, status }) => [id, status]),
      [[run.running.id, 'running']],
    );
    assert.deepEqual(shown.lost, [run.running.id]);
    workspace.file('go', '');
    assert.equal((await run.finished).status, 'succeeded');
    assert.equal(has('next'), true);
  });

  it('fails a task whose folder cannot take its files, with a message, and goes on', async () => {
    workspace.workflow(`tasks: { a: { run: 'true' }, b: { if: always(), needs: a, run: 'true' } }`);
    const run = await workspace.start();
    // A file in the place of the folder for outputs.
    writeFileSync(path.join(workspace.stateFolder, 'executions', run.running.id, 'outputs'), '');
    const execution = await run.finished;
    assert.deepEqual(statuses(execution), { a: 'failed', b: 'failed' });
    assert.deepEqual([execution.tasks[0]?.reason, execution.reason], ['spawn', 'spawn']);
  });
});
