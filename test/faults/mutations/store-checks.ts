/** Checks of single steps of the protocol, each with the one interleaving in which the step matters. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Execution } from '../../../src/model/execution.ts';
import type { Disk } from '../../../src/engine/store/disk.ts';
import {
  executionFolder,
  journalPath,
  quarantineFolder,
  viewPath,
  type StateFolder,
} from '../../../src/engine/store/state-folder.ts';
import {
  deadOwner,
  finished,
  idOf,
  plan,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  until,
  value,
} from '../../unit/engine/store/fixtures.ts';
import type { BuiltStore, Store } from './build-store.ts';
import { checkBreakToken } from './check-break-token.ts';

/** Throws when the store does wrong. */
export type StoreCheck = (built: BuiltStore, folder: StateFolder) => void | Promise<void>;

const options = { owner: deadOwner(), why: 'recovery' } as const;

/** A disk that does something once, just before the first call of a kind. */
function interrupted(store: Store, name: 'write' | 'link', act: () => void): [Disk, () => void] {
  let isArmed = false;
  const real = store.nodeDisk[name] as (...args: never[]) => never;
  const call = (...args: never[]): never => {
    if (isArmed) {
      isArmed = false;
      act();
    }
    return real(...args);
  };
  return [{ ...store.nodeDisk, [name]: call }, () => (isArmed = true)];
}

function running(
  store: Store,
  folder: StateFolder,
): ReturnType<typeof value<ReturnType<typeof make>>> {
  return make(store, folder);
}

function make(store: Store, folder: StateFolder) {
  const execution = plan(idOf(0), 2, { owner: deadOwner() });
  const owned = value(store.createExecution(folder, execution, 'x'));
  value(owned.commit([started, taskStarted('t0')]));
  return owned;
}

function write(store: Store, folder: StateFolder, put: readonly Execution[]) {
  const reader = new store.ViewReader(folder);
  const writer = new store.ViewWriter({ folder, reader, clock: store.systemClock, keep: 200 });
  return writer.update({ put });
}

/** By name; each leaves its folder to the caller. */
export const storeChecks: Readonly<Record<string, StoreCheck>> = {
  'an owner that was taken over while it wrote is not told that it is done': (
    { store },
    folder,
  ) => {
    let seq = 0;
    const [disk, arm] = interrupted(store, 'write', () => {
      const taken = value(store.claimExecution(folder, idOf(0), options));
      seq = taken.state.seq;
      taken.dispose();
    });
    const owned = running(store, { ...folder, disk });
    arm();
    const done = owned.commit([taskFinished('t0')]);
    owned.dispose();
    assert.equal(done.ok ? 'ok' : done.error.code, 'fenced');
    assert.equal(value(store.readExecution(folder, idOf(0))).seq, seq);
  },

  'what was acknowledged before a claim is there after it': ({ store }, folder) => {
    const owned = running(store, folder);
    const [disk, arm] = interrupted(store, 'link', () => {
      value(owned.commit([taskFinished('t0')]));
    });
    arm();
    const taken = value(store.claimExecution({ ...folder, disk }, idOf(0), options));
    assert.equal(taken.state.tasks[0]?.status, 'succeeded');
    assert.equal(value(store.readExecution(folder, idOf(0))).tasks[0]?.status, 'succeeded');
    owned.dispose();
    taken.dispose();
  },

  'of two claimants one has it': ({ store }, folder) => {
    running(store, folder).dispose();
    const [disk, arm] = interrupted(store, 'link', () => {
      value(store.claimExecution(folder, idOf(0), options)).dispose();
    });
    arm();
    const second = store.claimExecution({ ...folder, disk }, idOf(0), options);
    assert.equal(second.ok ? 'ok' : second.error.code, 'owned');
  },

  'a changed byte is never taken for what was written': ({ store }, folder) => {
    const owned = running(store, folder);
    value(owned.commit([taskFinished('t0')]));
    value(owned.commit([taskStarted('t1')]));
    owned.dispose();
    const file = journalPath(folder, idOf(0), 1);
    const text = fs.readFileSync(file, 'utf8');
    assert.ok(text.includes('"exitCode":0'));
    fs.writeFileSync(file, text.replace('"exitCode":0', '"exitCode":1'));
    const read = store.readExecution(folder, idOf(0));
    assert.equal(read.ok ? 'ok' : read.error.code, 'damaged');
  },

  'a disk that takes some bytes at a time gets all of them': ({ store }, folder) => {
    const { nodeDisk } = store;
    const disk: Disk = {
      ...nodeDisk,
      write: (fd, bytes, offset, length) =>
        nodeDisk.write(fd, bytes, offset, Math.ceil(length / 2)),
    };
    const owned = running(store, { ...folder, disk });
    value(owned.commit([taskFinished('t0')]));
    owned.dispose();
    assert.deepEqual(value(store.readExecution(folder, idOf(0))), owned.state);
  },

  'a disk that loses bytes without a word does not harm the view file': async (
    { store },
    folder,
  ) => {
    const execution = plan(idOf(0));
    value(await write(store, folder, [execution]));
    const { nodeDisk } = store;
    const disk: Disk = {
      ...nodeDisk,
      write: (fd, bytes, offset, length) => {
        if (length > 1000) nodeDisk.write(fd, bytes, offset, length >> 1);
        else nodeDisk.write(fd, bytes, offset, length);
        return length;
      },
    };
    const result = await write(store, { ...folder, disk }, [plan(idOf(1))]);
    assert.equal(result.ok, false);
    JSON.parse(fs.readFileSync(viewPath(folder), 'utf8'));
  },

  'a change that nobody tells of is found soon after one that was told': async (
    { store },
    folder,
  ) => {
    const over = { status: 'succeeded', finishedAt: '2026-11-22T14:15:03.123Z' } as const;
    value(await write(store, folder, [plan(idOf(0), 1, over)]));
    // As a network drive does it: for a moment the old attributes are shown.
    let frozen: ReturnType<Disk['stat']> | null = null;
    let isLooked = false;
    const disk: Disk = {
      ...store.nodeDisk,
      stat: (file) => {
        if (frozen === null || file !== viewPath(folder)) return store.nodeDisk.stat(file);
        isLooked = true;
        return frozen;
      },
    };
    const follower = new store.StateFollower({
      folder: { ...folder, disk },
      pollMs: 600_000,
      recover: false,
    });
    try {
      await follower.start();
      // The watch is up when a first change is seen.
      for (let index = 1; follower.snapshot.executions.length < 2; index += 1) {
        value(await write(store, folder, [plan(idOf(index), 1, over)]));
        await new Promise((resolve) => setTimeout(resolve, 200));
        assert.ok(index < 50, 'no watch');
      }
      await new Promise((resolve) => setTimeout(resolve, 900));
      const before = follower.snapshot.executions.length;
      frozen = store.nodeDisk.stat(viewPath(folder));
      value(await write(store, folder, [plan(idOf(100), 1, over)]));
      await until('a look', () => isLooked);
      await new Promise((resolve) => setTimeout(resolve, 40));
      frozen = null;
      const isSeen = (): boolean => follower.snapshot.executions.length > before;
      await until('the change', isSeen, 2000);
    } finally {
      follower.dispose();
    }
  },

  'the state of the later epoch is the newer one': ({ store }) => {
    const late = plan(idOf(0), 1, { epoch: 2, seq: 5 });
    const voided = plan(idOf(0), 1, { epoch: 1, seq: 9 });
    assert.equal(store.joinExecutions([late], [voided])[0]?.epoch, 2);
  },

  'bytes that cannot be used are kept': async ({ store }, folder) => {
    const owned = running(store, folder);
    value(owned.commit([taskFinished('t0'), taskStarted('t1'), taskFinished('t1'), finished]));
    owned.dispose();
    assert.ok(fs.existsSync(executionFolder(folder, idOf(0))));
    fs.writeFileSync(viewPath(folder), '{"mine": ');
    await store.readSnapshot(folder);
    const [kept] = fs.existsSync(quarantineFolder(folder))
      ? fs.readdirSync(quarantineFolder(folder))
      : [];
    assert.ok(kept !== undefined, 'nothing was kept');
    assert.equal(fs.readFileSync(`${quarantineFolder(folder)}/${kept}`, 'utf8'), '{"mine": ');
  },

  'a dead lock is broken once': checkBreakToken,
};

/** Runs a check in a folder of its own; what it threw, or null. */
export async function runCheck(check: StoreCheck, built: BuiltStore): Promise<Error | null> {
  const state = temporaryState(built.store.nodeDisk);
  try {
    await check(built, state.folder);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    state.remove();
  }
}
