import assert from 'node:assert/strict';
import { exitStatusOf } from '../../../src/cli/exit-status.ts';
import { executionStatuses } from '../../../src/model/status.ts';

describe('exitStatusOf', () => {
  it('tells how an execution ended', () => {
    const statuses = Object.fromEntries(
      executionStatuses.map((status) => [status, exitStatusOf({ status, reason: null })]),
    );
    assert.deepEqual(statuses, {
      pending: 0,
      queued: 0,
      running: 0,
      waiting: 0,
      cancelling: 0,
      succeeded: 0,
      failed: 1,
      cancelled: 130,
      interrupted: 1,
    });
  });

  it('is 2 for a workflow that cannot run', () => {
    assert.equal(exitStatusOf({ status: 'failed', reason: 'invalid-workflow' }), 2);
  });
});
