import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { ExecutionEvent } from '../../src/model/events.ts';
import type { Execution } from '../../src/model/execution.ts';
import { createExecution, type OwnedExecution } from '../../src/engine/store/owned-execution.ts';
import { nodeDisk, type Disk } from '../../src/engine/store/disk.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { claimPath, viewPath, type StateFolder } from '../../src/engine/store/state-folder.ts';
import { ViewPublisher } from '../../src/engine/store/view-publisher.ts';
import {
  codeOf,
  create,
  finished,
  idOf,
  plan,
  started,
  taskFinished,
  taskSpawned,
  taskStarted,
  temporaryState,
  value,
} from '../unit/engine/store/fixtures.ts';
import { faultyDisk } from './faulty-disk.ts';

const steps: readonly (readonly ExecutionEvent[])[] = [
  [started, taskStarted('t0')],
  [taskFinished('t0'), taskStarted('t1')],
  [taskFinished('t1'), finished],
];

describe('a file system call that fails', function () {
  this.timeout(120_000);

  for (const code of ['EIO', 'ENOSPC', 'EACCES', 'EMFILE']) {
    it(`with ${code}, whichever it is, is told in words, and the next try goes on`, async () => {
      for (let at = 1; ; at += 1) {
        const state = temporaryState();
        const faulty = faultyDisk({ kind: 'error', at, code });
        const folder = { ...state.folder, disk: faulty.disk };
        const where = `${code} at call ${String(at)}`;
        const owned = createSomehow(folder, where);
        for (const events of steps) {
          commitSomehow(owned, events, where);
          if (events === steps[0] && owned.note([taskSpawned('t0', 77)]).ok) {
            assert.equal(owned.state.tasks[0]?.attempts[0]?.pid, 77, where);
          }
        }
        assert.deepEqual(value(readExecution(state.folder, owned.id)), owned.state, where);
        const publisher = new ViewPublisher({ folder });
        publisher.publish(owned.state);
        const first = await publisher.flush();
        if (!first.ok) value(await publisher.flush());
        publisher.dispose();
        assert.ok(fs.readFileSync(viewPath(folder), 'utf8').includes('"succeeded"'), where);
        owned.dispose();
        state.remove();
        if (!faulty.hasHappened()) return;
      }
    });
  }

  function createSomehow(folder: StateFolder, where: string): OwnedExecution {
    for (let index = 0; index < 2; index += 1) {
      const made = createExecution(folder, plan(idOf(index), 2), 'x');
      if (made.ok) return made.value;
      assert.equal(made.error.code, 'storage', where);
      assert.match(made.error.message, /^could not .+: .+/, where);
    }
    assert.fail(`${where}: not created`);
  }

  /** One failure at most; the record in doubt did not happen once the next try is through. */
  function commitSomehow(
    owned: OwnedExecution,
    events: readonly ExecutionEvent[],
    where: string,
  ): Execution {
    const first = owned.commit(events);
    if (first.ok) return first.value;
    assert.equal(first.error.code, 'storage', where);
    return value(owned.commit(events));
  }
});

describe('a disk that', () => {
  it('takes one byte at a time gets all of them', async () => {
    const disk: Disk = {
      ...nodeDisk,
      write: (fd, bytes, offset) => nodeDisk.write(fd, bytes, offset, 1),
    };
    const state = temporaryState(disk);
    const owned = create(state.folder, idOf(0), 2);
    for (const events of steps) value(owned.commit(events));
    const publisher = new ViewPublisher({ folder: state.folder });
    publisher.publish(owned.state);
    value(await publisher.flush());
    publisher.dispose();
    owned.dispose();
    assert.deepEqual(value(readExecution(state.folder, idOf(0))), owned.state);
    JSON.parse(fs.readFileSync(viewPath(state.folder), 'utf8'));
    state.remove();
  });

  it('is full for a while refuses in words, keeps what was told, and goes on later', () => {
    let isFull = false;
    const full = (): never => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    const disk: Disk = {
      ...nodeDisk,
      write: (...args) => (isFull ? full() : nodeDisk.write(...args)),
    };
    const state = temporaryState(disk);
    const owned = create(state.folder, idOf(0), 2);
    value(owned.commit(steps[0]!));
    isFull = true;
    for (let tries = 0; tries < 20; tries += 1) {
      const refused = owned.commit(steps[1]!);
      assert.equal(codeOf(refused), 'storage');
      assert.match(refused.ok ? '' : refused.error.message, /the disk is full/);
    }
    assert.equal(value(readExecution(state.folder, idOf(0))).seq, 3);
    isFull = false;
    value(owned.commit(steps[1]!));
    value(owned.commit(steps[2]!));
    assert.deepEqual(value(readExecution(state.folder, idOf(0))), owned.state);
    assert.equal(owned.epoch, 2);
    assert.equal(fs.existsSync(claimPath(state.folder, idOf(0), 3)), false);
    owned.dispose();
    state.remove();
  });
});
