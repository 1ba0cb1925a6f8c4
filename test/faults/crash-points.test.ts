import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { ExecutionEvent } from '../../src/model/events.ts';
import type { Execution, ViewFile } from '../../src/model/execution.ts';
import type { Result } from '../../src/model/result.ts';
import { currentOwner } from '../../src/engine/liveness/owner.ts';
import { recoverInterrupted } from '../../src/engine/liveness/recover.ts';
import { createExecution, claimExecution } from '../../src/engine/store/owned-execution.ts';
import { readExecution } from '../../src/engine/store/read-execution.ts';
import { readSnapshot } from '../../src/engine/store/state-follower.ts';
import { viewPath, type StateFolder } from '../../src/engine/store/state-folder.ts';
import { ViewReader } from '../../src/engine/store/view-reader.ts';
import { ViewWriter } from '../../src/engine/store/view-writer.ts';
import { systemClock } from '../../src/engine/ports.ts';
import {
  create,
  deadOwner,
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
import { Crash, faultyDisk } from './faulty-disk.ts';

const steps: readonly (readonly ExecutionEvent[])[] = [
  [started, taskStarted('t0')],
  [taskFinished('t0'), taskStarted('t1')],
  [taskFinished('t1'), finished],
];

/** What a process was told is done. */
interface Told {
  created: boolean;
  acknowledged: Execution | null;
}

/** The life of an execution as its runner sees it. */
function live(folder: StateFolder, told: Told): void {
  const owned = value(createExecution(folder, plan(idOf(0), 2, { owner: deadOwner() }), 'x'));
  told.created = true;
  told.acknowledged = owned.state;
  for (const events of steps) {
    told.acknowledged = value(owned.commit(events));
    if (events === steps[0]) value(owned.note([taskSpawned('t0')]));
  }
}

/** Another process takes over and marks it. */
function recover(folder: StateFolder): void {
  const claimed = claimExecution(folder, idOf(0), { owner: deadOwner(), why: 'recovery' });
  if (!claimed.ok) return;
  value(claimed.value.commit([{ ...finished, status: 'interrupted' } as ExecutionEvent]));
}

function tryWriteView(folder: StateFolder, execution: Execution): Promise<Result<unknown>> {
  const reader = new ViewReader(folder);
  const writer = new ViewWriter({ folder, reader, clock: systemClock, keep: 200 });
  return writer.update({ put: [execution] });
}

const moments = ['before', 'half', 'after'] as const;

describe('a crash at any call of the file system', function () {
  this.timeout(120_000);

  async function enumerate(
    run: (folder: StateFolder) => void | Promise<void>,
    prepare: (folder: StateFolder) => void | Promise<void>,
    check: (folder: StateFolder, where: string) => void | Promise<void>,
  ): Promise<number> {
    let points = 0;
    for (const when of moments) {
      for (let at = 1; ; at += 1) {
        const state = temporaryState();
        await prepare(state.folder);
        // The lock's note names a process; the one that crashes must be one that is gone.
        const self = `"pid":${String(process.pid)},`;
        const other = `"pid":${'9'.repeat(String(process.pid).length)},`;
        const faulty = faultyDisk({ kind: 'crash', at, when }, (bytes) =>
          Buffer.from(Buffer.from(bytes).toString('latin1').replace(self, other), 'latin1'),
        );
        try {
          await run({ ...state.folder, disk: faulty.disk });
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
        }
        if (!faulty.hasHappened()) {
          state.remove();
          break;
        }
        points += 1;
        await check(state.folder, `${when} call ${String(at)}`);
        state.remove();
      }
    }
    return points;
  }

  it('loses nothing that was acknowledged, and the execution can be recovered', async () => {
    let told: Told = { created: false, acknowledged: null };
    const points = await enumerate(
      (folder) => {
        told = { created: false, acknowledged: null };
        live(folder, told);
      },
      () => undefined,
      async (folder, where) => {
        const read = readExecution(folder, idOf(0));
        if (told.created) assert.ok(read.ok, `${where}: ${JSON.stringify(read)}`);
        if (!read.ok) {
          assert.equal(read.error.code, 'unknown-execution', where);
        } else {
          const seq = told.acknowledged?.seq ?? 0;
          assert.ok(
            read.value.seq >= seq,
            `${where}: seq ${String(read.value.seq)} of ${String(seq)}`,
          );
          const [shown] = (await readSnapshot(folder)).executions;
          const isOver = read.value.status === 'succeeded';
          assert.equal(shown?.status, isOver ? 'succeeded' : 'interrupted', where);
        }
        // The place is not spoilt for the next one.
        create(folder, idOf(1)).dispose();
      },
    );
    assert.ok(points > 60, `only ${String(points)} points`);
  });

  it('during a recovery is followed by another recovery with the same outcome', async () => {
    let acknowledged: Execution | null = null;
    const points = await enumerate(
      recover,
      (folder) => {
        const owned = create(folder, idOf(0), 2, { owner: deadOwner() });
        acknowledged = value(owned.commit(steps[0]!));
        owned.dispose();
      },
      (folder, where) => {
        const before = value(readExecution(folder, idOf(0)));
        assert.ok(before.seq >= acknowledged!.seq, where);
        if (before.status !== 'interrupted') {
          const recovered = recoverInterrupted(folder, [before]);
          assert.deepEqual(
            recovered.map((each) => each.status),
            ['interrupted'],
            where,
          );
        }
        const after = value(readExecution(folder, idOf(0)));
        assert.equal(after.status, 'interrupted', where);
        assert.deepEqual(
          after.tasks.map((task) => task.attempts.length),
          [1, 0],
          where,
        );
        const retried = value(
          claimExecution(folder, idOf(0), { owner: currentOwner(), why: 'resume' }),
        );
        retried.dispose();
      },
    );
    assert.ok(points > 20, `only ${String(points)} points`);
  });

  it('leaves the old or the new view file, and the next writer is not held up', async () => {
    let unsigned = 0;
    const points = await enumerate(
      async (folder) => {
        value(await tryWriteView(folder, value(readExecution(folder, idOf(0)))));
      },
      async (folder) => {
        const owned = create(folder, idOf(0));
        value(owned.commit([started]));
        value(await tryWriteView(folder, owned.state));
        value(owned.commit([taskStarted('t0')]));
        owned.dispose();
      },
      async (folder, where) => {
        const view = JSON.parse(fs.readFileSync(viewPath(folder), 'utf8')) as ViewFile;
        assert.ok([2, 3].includes(view.executions[0]!.seq), where);
        const next = create(folder, idOf(1));
        next.dispose();
        const written = await tryWriteView(folder, next.state);
        if (!written.ok) {
          // Between making the lock and signing it: only its age can tell.
          assert.equal(written.error.code, 'locked', where);
          unsigned += 1;
          const old = new Date(Date.now() - 11_000);
          fs.utimesSync(`${viewPath(folder)}.lock`, old, old);
          value(await tryWriteView(folder, next.state));
        }
        const after = JSON.parse(fs.readFileSync(viewPath(folder), 'utf8')) as ViewFile;
        assert.equal(after.executions.length, 2, where);
      },
    );
    assert.ok(points > 20, `only ${String(points)} points`);
    assert.ok(unsigned <= 3, `${String(unsigned)} locks that only age could break`);
  });
});
