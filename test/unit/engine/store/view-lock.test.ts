import assert from 'node:assert/strict';
import fs from 'node:fs';
import { systemClock, type Clock } from '../../../../src/engine/ports.ts';
import { nodeDisk, type Disk } from '../../../../src/engine/store/disk.ts';
import { ensureStateFolder, viewPath } from '../../../../src/engine/store/state-folder.ts';
import { acquireViewLock } from '../../../../src/engine/store/view-lock.ts';
import { codeOf, deadOwner, temporaryState, value } from './fixtures.ts';

/** As on file systems that give the number of a folder again at once, and keep no time of its making. */
const forgetful: Disk = {
  ...nodeDisk,
  stat: (file) => Object.assign(nodeDisk.stat(file), { ino: 7n, birthtimeNs: 0n }),
};

/** A clock on which the wait for a lock is over after some looks. */
function hastyClock(): Clock {
  let looks = 0;
  return { ...systemClock, monotonicMs: () => (looks += 1) * 500 };
}

describe('the lock of the view, where a new lock looks like the one before', () => {
  let state: ReturnType<typeof temporaryState>;
  let disk: Disk;
  let lockPath: string;
  beforeEach(() => {
    disk = forgetful;
    const change: Disk = { ...forgetful, open: (...call) => disk.open(...call) };
    state = temporaryState(change);
    value(ensureStateFolder(state.folder));
    lockPath = `${viewPath(state.folder)}.lock`;
  });
  afterEach(() => state.remove());

  function leaveDeadLock(): void {
    fs.mkdirSync(lockPath);
    const old = new Date(Date.now() - 60_000);
    fs.utimesSync(lockPath, old, old);
  }

  it('is not taken from somebody who was quicker to break a dead one', async () => {
    leaveDeadLock();
    let breaks = 0;
    disk = {
      ...forgetful,
      open: (file, flags, mode) => {
        // Just before this one breaks the dead lock, another process has done it and holds its own.
        if (file.includes('.break-') && (breaks += 1) === 1) {
          fs.rmdirSync(lockPath);
          fs.mkdirSync(lockPath);
        }
        return forgetful.open(file, flags, mode);
      },
    };
    assert.equal(codeOf(await acquireViewLock(state.folder, hastyClock())), 'locked');
    assert.equal(breaks, 1);
    assert.ok(fs.existsSync(lockPath), 'the other one holds it still');
  });

  it('is broken by one that finds it dead', async () => {
    leaveDeadLock();
    const lock = value(await acquireViewLock(state.folder, systemClock));
    assert.ok(lock.isMine());
    await lock.release();
    assert.ok(!fs.existsSync(lockPath));
  });

  it('is known to be lost, and left alone, when another one has signed it since', async () => {
    const lock = value(await acquireViewLock(state.folder, systemClock));
    const signature = fs
      .readdirSync(state.folder.root)
      .map((name) => `${state.folder.root}/${name}`)
      .find((file) => file.startsWith(`${lockPath}.owner-`));
    fs.rmdirSync(lockPath);
    fs.mkdirSync(lockPath);
    fs.writeFileSync(signature!, JSON.stringify({ ...deadOwner(), nonce: 'x' }));
    assert.ok(!lock.isMine());
    await lock.release();
    assert.ok(fs.existsSync(lockPath));
  });
});
