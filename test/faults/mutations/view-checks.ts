/** Checks of what keeps the view file, its lock and its readers right; see `store-checks.ts`. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Execution } from '../../../src/model/execution.ts';
import type { Disk } from '../../../src/engine/store/disk.ts';
import { viewPath, type StateFolder } from '../../../src/engine/store/state-folder.ts';
import {
  deadOwner,
  finished,
  idOf,
  plan,
  started,
  taskFinished,
  taskStarted,
  value,
} from '../../unit/engine/store/fixtures.ts';
import type { Store } from './build-store.ts';
import type { StoreCheck } from './store-checks.ts';

const over = { status: 'succeeded', finishedAt: '2026-11-22T14:15:03.123Z' } as const;

function write(
  store: Store,
  folder: StateFolder,
  put: readonly Execution[],
  clock = store.systemClock,
) {
  const reader = new store.ViewReader(folder);
  return new store.ViewWriter({ folder, reader, clock, keep: 200 }).update({ put });
}

/** A clock on which each look takes a second, so that waiting for somebody takes no time. */
function hurried(store: Store): Store['systemClock'] {
  let nowMs = 0;
  return {
    ...store.systemClock,
    monotonicMs: () => (nowMs += 1000),
    after: (_delayMs, run) => store.systemClock.after(0, run),
  };
}

/** The disk, with something done before each call of one kind. */
function watched(disk: Disk, names: readonly (keyof Disk)[], act: () => void): Disk {
  const wrapped = names.map((name) => {
    const real: (...args: never[]) => unknown = disk[name];
    const call = (...args: never[]): unknown => {
      act();
      return real(...args);
    };
    return [name, call];
  });
  return { ...disk, ...Object.fromEntries(wrapped) } as Disk;
}

function idsIn(folder: StateFolder): readonly string[] {
  const text = fs.readFileSync(viewPath(folder), 'utf8');
  return (JSON.parse(text) as { executions: { id: string }[] }).executions.map(({ id }) => id);
}

/** By name. */
export const viewChecks: Readonly<Record<string, StoreCheck>> = {
  'whoever reads while a view is written sees the old or the new one': async (
    { store },
    folder,
  ) => {
    value(await write(store, folder, [plan(idOf(0), 1, over)]));
    const look = (): void => void idsIn(folder);
    const names = ['open', 'write', 'fsync', 'close', 'rename', 'unlink', 'stat'] as const;
    const disk = watched(store.nodeDisk, names, look);
    value(await write(store, { ...folder, disk }, [plan(idOf(1), 1, over)]));
    assert.deepEqual(idsIn(folder), [idOf(1), idOf(0)]);
  },

  'the view is not written while somebody holds its lock': async ({ store }, folder) => {
    value(store.ensureStateFolder(folder));
    const held = value(await store.acquireViewLock(folder, store.systemClock));
    const result = await write(store, folder, [plan(idOf(0), 1, over)], hurried(store));
    assert.equal(result.ok ? 'ok' : result.error.code, 'locked');
    assert.equal(fs.existsSync(viewPath(folder)), false);
    await held.release();
    value(await write(store, folder, [plan(idOf(0), 1, over)]));
  },

  'what somebody without the lock wrote in the meantime stays': async ({ store }, folder) => {
    value(await write(store, folder, [plan(idOf(0), 1, over)]));
    let isDone = false;
    const disk: Disk = {
      ...store.nodeDisk,
      fsync: (fd) => {
        store.nodeDisk.fsync(fd);
        if (isDone) return;
        isDone = true;
        const { nodeDisk } = store;
        const text = nodeDisk.exists(viewPath(folder)) ? fs.readFileSync(viewPath(folder)) : '{}';
        const view = JSON.parse(String(text)) as { executions: unknown[] };
        view.executions.push(plan(idOf(2), 1, over));
        fs.writeFileSync(`${viewPath(folder)}.theirs`, JSON.stringify(view));
        fs.renameSync(`${viewPath(folder)}.theirs`, viewPath(folder));
      },
    };
    value(await write(store, { ...folder, disk }, [plan(idOf(1), 1, over)]));
    assert.deepEqual(idsIn(folder), [idOf(2), idOf(1), idOf(0)]);
  },

  'one who lost the lock does not take it from the next one': async ({ store }, folder) => {
    value(store.ensureStateFolder(folder));
    const first = value(await store.acquireViewLock(folder, store.systemClock));
    fs.rmdirSync(`${viewPath(folder)}.lock`);
    const second = value(await store.acquireViewLock(folder, store.systemClock));
    assert.equal(first.isMine(), false);
    await first.release();
    assert.equal(second.isMine(), true);
    await second.release();
  },

  'the lock of a process that is gone is broken at once': async ({ store }, folder) => {
    value(store.ensureStateFolder(folder));
    const lock = `${viewPath(folder)}.lock`;
    fs.mkdirSync(lock);
    const { ino, birthtimeNs } = fs.statSync(lock, { bigint: true });
    const signature = `${lock}.owner-${ino.toString(36)}-${birthtimeNs.toString(36)}`;
    fs.writeFileSync(signature, JSON.stringify(deadOwner()));
    value(await write(store, folder, [plan(idOf(0), 1, over)], hurried(store)));
  },

  'the revision never goes back': async ({ store }, folder) => {
    const reader = new store.ViewReader(folder);
    const clock = store.systemClock;
    const writer = new store.ViewWriter({ folder, reader, clock, keep: 200 });
    value(await writer.update({ put: [plan(idOf(0), 1, over)] }));
    const old = fs.readFileSync(viewPath(folder));
    value(await writer.update({ put: [plan(idOf(1), 1, over)] }));
    const { revision } = value(await writer.update({ put: [plan(idOf(2), 1, over)] }));
    fs.writeFileSync(viewPath(folder), old);
    const after = value(await writer.update({ put: [plan(idOf(3), 1, over)] }));
    assert.ok(after.revision > revision, `${String(after.revision)} after ${String(revision)}`);
  },

  'a file of a newer version is left alone': async ({ store }, folder) => {
    value(store.createExecution(folder, plan(idOf(0), 1, { owner: deadOwner() }), 'x')).dispose();
    const text = JSON.stringify({ version: 2, revision: 7, executions: [], more: true });
    fs.writeFileSync(viewPath(folder), text);
    const { trouble } = await store.readSnapshot(folder);
    assert.equal(trouble?.code, 'newer-version');
    const written = await write(store, folder, [plan(idOf(1), 1, over)]);
    assert.equal(written.ok ? 'ok' : written.error.code, 'newer-version');
    assert.equal(fs.readFileSync(viewPath(folder), 'utf8'), text);
  },

  'an execution whose owner died before it was in the view is found': async ({ store }, folder) => {
    const other = value(store.createExecution(folder, plan(idOf(1)), 'x'));
    value(other.commit([started, finished]));
    value(await write(store, folder, [other.state]));
    other.dispose();
    const owner = deadOwner();
    const lost = value(store.createExecution(folder, plan(idOf(0), 1, { owner }), 'x'));
    value(lost.commit([started]));
    lost.dispose();
    const { executions } = await store.readSnapshot(folder);
    assert.deepEqual(
      executions.map(({ id, status }) => `${id} ${status}`),
      [`${idOf(1)} succeeded`, `${idOf(0)} interrupted`],
    );
  },

  'an owner in another container is left alone': ({ store }, folder) => {
    const owner = { ...deadOwner(), pidNamespace: 'pid:[1]' };
    value(store.createExecution(folder, plan(idOf(0), 1, { owner }), 'x')).dispose();
    const claim = { owner: deadOwner(), why: 'recovery' } as const;
    const taken = store.claimExecution(folder, idOf(0), claim);
    assert.equal(taken.ok ? 'ok' : taken.error.code, 'owned');
  },

  'an owner whose pid another process has is gone': ({ store }, folder) => {
    if (process.platform === 'win32') return;
    const owner = { ...deadOwner(), pid: process.pid, startTime: '1' };
    value(store.createExecution(folder, plan(idOf(0), 1, { owner }), 'x')).dispose();
    value(store.claimExecution(folder, idOf(0), { owner: deadOwner(), why: 'recovery' })).dispose();
  },

  'an owner goes on after a write that failed, and what failed did not happen': (
    { store },
    folder,
  ) => {
    let isBad = false;
    const disk: Disk = {
      ...store.nodeDisk,
      fdatasync: (fd) => {
        if (isBad) throw Object.assign(new Error('bad'), { code: 'EIO' });
        store.nodeDisk.fdatasync(fd);
      },
    };
    const execution = plan(idOf(0), 2, { owner: deadOwner() });
    const owned = value(store.createExecution({ ...folder, disk }, execution, 'x'));
    value(owned.commit([started, taskStarted('t0')]));
    isBad = true;
    assert.equal(owned.commit([taskFinished('t0')]).ok, false);
    isBad = false;
    value(owned.commit([taskStarted('t1')]));
    owned.dispose();
    const { tasks } = value(store.readExecution(folder, idOf(0)));
    assert.deepEqual(
      tasks.map(({ status }) => status),
      ['running', 'running'],
    );
  },
};
