import assert from 'node:assert/strict';
import fs from 'node:fs';
import { mock } from 'node:test';
import { silentLog, systemClock } from '../../../../src/engine/ports.ts';
import { claimExecution } from '../../../../src/engine/store/owned-execution.ts';
import { viewPath } from '../../../../src/engine/store/state-folder.ts';
import { StateReader } from '../../../../src/engine/store/state-reader.ts';
import { ViewPublisher } from '../../../../src/engine/store/view-publisher.ts';
import { ok } from '../../../../src/model/result.ts';
import {
  create,
  deadOwner,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  value,
} from './fixtures.ts';

describe('a reader', () => {
  it('takes nothing back while the view comes and goes', () => {
    const state = temporaryState();
    const { folder } = state;
    const reader = new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
    const shown = (): string | undefined => {
      const [first] = reader.read().executions;
      return first && `${String(first.epoch)} ${first.status}`;
    };
    const first = create(folder, idOf(0), 1, { owner: deadOwner() });
    const failed = { ...finished, status: 'failed', reason: 'exit' } as const;
    value(first.commit([started, taskStarted('t0'), taskFinished('t0'), failed]));
    // There is no view: all journals are read, and what they say is kept for a while.
    assert.equal(shown(), '1 failed');
    const again = { type: 'execution-restarted', why: 'retry', by: 'me', tasks: ['t0'] } as const;
    const second = value(
      claimExecution(folder, idOf(0), {
        owner: deadOwner(),
        why: 'retry',
        first: () => ok([{ ...again, at: finished.at }]),
      }),
    );
    assert.equal(shown(), '2 pending');
    value(second.commit([started, taskStarted('t0', 2), taskFinished('t0', 2), finished]));
    assert.equal(shown(), '2 succeeded');
    fs.writeFileSync(viewPath(folder), '<<<<<<<');
    assert.equal(shown(), '2 succeeded');
    fs.rmSync(viewPath(folder));
    assert.equal(shown(), '2 succeeded');
    first.dispose();
    second.dispose();
    state.remove();
  });

  it('finds out who owns what the view lacks with no more than a system call', async () => {
    const state = temporaryState();
    const { folder } = state;
    const owned = create(folder, idOf(0));
    const publisher = new ViewPublisher({ folder });
    publisher.publish(value(owned.commit([started])));
    value(await publisher.flush());
    value(owned.commit([taskStarted('t0')]));
    const reader = new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
    const read = mock.method(fs, 'readFileSync');
    const open = mock.method(fs, 'openSync');
    try {
      assert.equal(reader.read().executions[0]?.tasks[0]?.status, 'running');
      const files = [...read.mock.calls, ...open.mock.calls].map((call) =>
        String(call.arguments[0]),
      );
      assert.deepEqual(
        files.filter((file) => file.startsWith('/proc/')),
        [],
      );
    } finally {
      read.mock.restore();
      open.mock.restore();
      owned.dispose();
      publisher.dispose();
      state.remove();
    }
  });
});
