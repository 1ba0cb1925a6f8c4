import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Disk } from '../../../../src/engine/store/disk.ts';
import { nodeDisk } from '../../../../src/engine/store/disk.ts';
import {
  readSnapshot,
  removeExecutions,
  StateFollower,
  type StoreChange,
} from '../../../../src/engine/store/state-follower.ts';
import { journalPath, viewPath } from '../../../../src/engine/store/state-folder.ts';
import { ViewPublisher } from '../../../../src/engine/store/view-publisher.ts';
import {
  create,
  deadOwner,
  finished,
  idOf,
  started,
  taskStarted,
  temporaryState,
  until,
  value,
} from './fixtures.ts';

describe('a follower', () => {
  let state: ReturnType<typeof temporaryState>;
  const open: { dispose(): void }[] = [];
  const keep = <T extends { dispose(): void }>(item: T): T => {
    open.push(item);
    return item;
  };
  beforeEach(() => (state = temporaryState()));
  afterEach(() => {
    for (const item of open.splice(0).reverse()) item.dispose();
    state.remove();
  });

  it('of a folder that is not there is empty, and sees the first execution', async () => {
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 50 }));
    assert.deepEqual((await follower.start()).executions, []);
    assert.equal(fs.existsSync(state.folder.root), false);
    const owned = keep(create(state.folder, idOf(0)));
    await until('the execution', () => follower.snapshot.executions.length === 1);
    assert.deepEqual(follower.snapshot.executions[0], owned.state);
  });

  it('tells what changed, and keeps the objects of what did not', async () => {
    const first = keep(create(state.folder, idOf(0)));
    const second = keep(create(state.folder, idOf(1)));
    const publisher = keep(new ViewPublisher({ folder: state.folder }));
    for (const owned of [first, second]) publisher.publish(value(owned.commit([started])));
    value(await publisher.flush());
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 60_000 }));
    const before = await follower.start();
    const changes: StoreChange[] = [];
    follower.onDidChange((change) => changes.push(change));
    publisher.publish(value(first.commit([taskStarted('t0')])));
    await until('the change', () => changes.length > 0);
    assert.deepEqual(changes[0]?.changed, [idOf(0)]);
    assert.deepEqual(changes[0].removed, []);
    assert.deepEqual(follower.snapshot.executions[1], first.state);
    assert.equal(follower.snapshot.executions[0], before.executions[0]);
  });

  it('ends with the last of a burst of writes', async () => {
    const owned = keep(create(state.folder, idOf(0), 400));
    const publisher = keep(new ViewPublisher({ folder: state.folder, minIntervalMs: 1 }));
    value(owned.commit([started]));
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 60_000 }));
    await follower.start();
    for (let task = 0; task < 400; task += 1) {
      publisher.publish(value(owned.commit([taskStarted(`t${String(task)}`)])));
      if (task % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    value(await publisher.flush());
    await until('the last state', () => follower.snapshot.executions[0]?.seq === owned.state.seq);
    assert.deepEqual(follower.snapshot.executions[0], owned.state);
  });

  it('shows what the journals say when the view cannot be written', async () => {
    const owned = keep(create(state.folder, idOf(0)));
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 20, recover: false }));
    await follower.start();
    value(owned.commit([started]));
    await until('running', () => follower.snapshot.executions[0]?.status === 'running');
    value(owned.commit([finished]));
    await until('succeeded', () => follower.snapshot.executions[0]?.status === 'succeeded');
    assert.equal(fs.existsSync(viewPath(state.folder)), false);
  });

  it('is told of what a journal gains, without the view and without a poll', async () => {
    const owned = keep(create(state.folder, idOf(0)));
    const options = { folder: state.folder, pollMs: 60_000, recover: false };
    const follower = keep(new StateFollower(options));
    await follower.start();
    value(owned.commit([started]));
    await until('running', () => follower.snapshot.executions[0]?.status === 'running');
    assert.equal(fs.existsSync(viewPath(state.folder)), false);
  });

  it('marks an execution of a dead owner interrupted, and writes it down', async () => {
    const owned = keep(create(state.folder, idOf(0), 1, { owner: deadOwner() }));
    value(owned.commit([started, taskStarted('t0')]));
    const follower = keep(new StateFollower({ folder: state.folder }));
    const snapshot = await follower.start();
    assert.equal(snapshot.executions[0]?.status, 'interrupted');
    assert.match(
      snapshot.executions[0].message ?? '',
      /process 1073741824\) is gone; its last sign/,
    );
    await until('the view', () => fs.existsSync(viewPath(state.folder)));
    await until('the view', () =>
      fs.readFileSync(viewPath(state.folder), 'utf8').includes('"interrupted"'),
    );
  });

  it('never marks an execution of a live owner', async () => {
    const owned = keep(create(state.folder, idOf(0)));
    value(owned.commit([started]));
    assert.equal((await readSnapshot(state.folder)).executions[0]?.status, 'running');
    value(owned.commit([taskStarted('t0')]));
  });

  it('does not take the middle of a slow write in place for damage', async () => {
    const owned = keep(create(state.folder, idOf(0)));
    const publisher = keep(new ViewPublisher({ folder: state.folder }));
    publisher.publish(value(owned.commit([started, finished])));
    value(await publisher.flush());
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 20 }));
    await follower.start();
    const text = fs.readFileSync(viewPath(state.folder), 'utf8').replace('{', '{ "team": "blue",');
    fs.writeFileSync(viewPath(state.folder), '');
    for (let at = 0; at < text.length; at += Math.ceil(text.length / 10)) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      fs.appendFileSync(viewPath(state.folder), text.slice(at, at + Math.ceil(text.length / 10)));
      assert.equal(follower.snapshot.executions.length, 1);
    }
    await until('the edit is taken over', () => {
      const now = fs.readFileSync(viewPath(state.folder), 'utf8');
      return now.includes('"digest"') && now.includes('"blue"') && now !== text;
    });
    assert.equal(fs.existsSync(path.join(state.folder.root, 'quarantine')), false);
  });

  it('brings back what an old view file does not have', async () => {
    const publisher = keep(new ViewPublisher({ folder: state.folder }));
    const first = keep(create(state.folder, idOf(0)));
    publisher.publish(value(first.commit([started, finished])));
    value(await publisher.flush());
    const old = fs.readFileSync(viewPath(state.folder));
    const second = keep(create(state.folder, idOf(1)));
    publisher.publish(value(second.commit([started, finished])));
    value(await publisher.flush());
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 20 }));
    await follower.start();
    fs.writeFileSync(viewPath(state.folder), old);
    await until('both in the file', () => {
      const { executions } = JSON.parse(fs.readFileSync(viewPath(state.folder), 'utf8')) as never;
      return (executions as unknown[]).length === 2;
    });
    assert.equal(follower.snapshot.executions.length, 2);
  });

  it('follows a folder that is deleted and made again', async () => {
    const first = create(state.folder, idOf(0));
    value(first.commit([started, finished]));
    first.dispose();
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 20 }));
    await follower.start();
    await until('the view', () => fs.existsSync(viewPath(state.folder)));
    fs.rmSync(state.folder.root, { recursive: true });
    await until('nothing', () => follower.snapshot.executions.length === 0);
    const second = keep(create(state.folder, idOf(1)));
    await until('the new one', () => follower.snapshot.executions[0]?.id === idOf(1));
    assert.equal(second.isFenced, false);
  });

  it('does not hold on to a running execution whose folder was deleted', async () => {
    const owned = keep(create(state.folder, idOf(0)));
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 20 }));
    assert.equal((await follower.start()).executions.length, 1);
    fs.rmSync(state.folder.root, { recursive: true });
    await until('nothing', () => follower.snapshot.executions.length === 0);
    assert.equal(owned.isFenced, false);
  });

  it('tells when a runner writes the view anew after the folder was deleted under it', async () => {
    const owned = keep(create(state.folder, idOf(0)));
    value(owned.commit([started]));
    const publisher = keep(new ViewPublisher({ folder: state.folder }));
    publisher.publish(owned.state);
    value(await publisher.flush());
    const follower = keep(new StateFollower({ folder: state.folder, pollMs: 20 }));
    assert.deepEqual((await follower.start()).lost, []);
    const changes: StoreChange[] = [];
    follower.onDidChange((change) => changes.push(change));
    const view = fs.readFileSync(viewPath(state.folder));
    fs.rmSync(state.folder.root, { recursive: true });
    fs.mkdirSync(state.folder.root);
    fs.writeFileSync(viewPath(state.folder), view);
    await until('the loss', () => follower.snapshot.lost.length === 1);
    assert.deepEqual(follower.snapshot.lost, [idOf(0)]);
    assert.equal(follower.snapshot.executions[0]?.status, 'running');
    assert.equal(follower.snapshot.trouble?.code, 'lost');
    const times = changes.filter(({ snapshot }) => snapshot.lost.length > 0).length;
    assert.equal(times, 1);
  });

  it('tells of trouble instead of throwing, and goes on when it is over', async () => {
    let isBroken = false;
    const disk: Disk = {
      ...nodeDisk,
      stat: (file) => {
        if (isBroken) throw Object.assign(new Error('broken'), { code: 'EIO' });
        return nodeDisk.stat(file);
      },
    };
    const folder = { ...state.folder, disk };
    const owned = keep(create(folder, idOf(0)));
    const follower = keep(new StateFollower({ folder, pollMs: 20 }));
    await follower.start();
    isBroken = true;
    await until('trouble', () => follower.snapshot.trouble?.code === 'storage');
    assert.equal(follower.snapshot.executions.length, 1);
    isBroken = false;
    await until('no trouble', () => follower.snapshot.trouble === null);
    assert.equal(owned.isFenced, false);
  });
});

describe('an execution with a damaged journal', () => {
  it('is shown as it was, as interrupted when its owner is gone, and can only be removed', async () => {
    const { folder, remove } = temporaryState();
    const owned = create(folder, idOf(0), 1, { owner: deadOwner() });
    value(owned.commit([started]));
    value(owned.commit([taskStarted('t0')]));
    value(owned.commit([finished]));
    owned.dispose();
    const journal = journalPath(folder, idOf(0), 1);
    const bytes = fs.readFileSync(journal);
    bytes[bytes.indexOf('task-started')]! ^= 1;
    fs.writeFileSync(journal, bytes);
    fs.writeFileSync(path.join(folder.root, 'active', `${idOf(0)}.1`), '');
    const snapshot = await readSnapshot(folder);
    assert.equal(snapshot.executions[0]?.status, 'interrupted');
    assert.match(snapshot.executions[0].message ?? '', /journal of execution .* is damaged/);
    assert.equal(snapshot.trouble?.code, 'damaged');
    assert.equal(value(await removeExecutions(folder, [idOf(0)])), 1);
    assert.deepEqual((await readSnapshot(folder)).executions, []);
    remove();
  });
});

describe('an execution without a journal', () => {
  it('is shown as interrupted when its owner is gone, and can be removed', async () => {
    const { folder, remove } = temporaryState();
    const owned = create(folder, idOf(0), 1, { owner: deadOwner() });
    value(owned.commit([started]));
    const publisher = new ViewPublisher({ folder });
    publisher.publish(owned.state);
    value(await publisher.flush());
    publisher.dispose();
    owned.dispose();
    for (const name of ['executions', 'active']) {
      fs.rmSync(path.join(folder.root, name), { recursive: true });
    }
    const snapshot = await readSnapshot(folder);
    assert.equal(snapshot.executions[0]?.status, 'interrupted');
    assert.match(snapshot.executions[0].message ?? '', /records were deleted or moved/);
    assert.equal(snapshot.trouble?.code, 'lost');
    assert.equal(value(await removeExecutions(folder, [idOf(0)], { isReadableOnly: true })), 0);
    assert.equal(value(await removeExecutions(folder, [idOf(0)])), 1);
    const after = await readSnapshot(folder);
    assert.deepEqual(after.executions, []);
    assert.equal(after.trouble, null);
    remove();
  });

  it('is left alone while its owner lives', async () => {
    const { folder, remove } = temporaryState();
    const owned = create(folder, idOf(0));
    const publisher = new ViewPublisher({ folder });
    publisher.publish(owned.state);
    value(await publisher.flush());
    publisher.dispose();
    fs.rmSync(path.join(folder.root, 'executions'), { recursive: true });
    const snapshot = await readSnapshot(folder);
    assert.equal(snapshot.executions[0]?.status, 'pending');
    assert.equal(value(await removeExecutions(folder, [idOf(0)])), 0);
    owned.dispose();
    remove();
  });
});
