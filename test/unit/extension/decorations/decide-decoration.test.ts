import assert from 'node:assert/strict';
import { decideMark } from '../../../../src/extension/decorations/decide-decoration.ts';
import { executionStatuses } from '../../../../src/model/status.ts';
import { at, fakeExecution } from '../../../webview/fake-executions.ts';

const nowMs = 1_800_000_000_000;

describe('the mark of a workflow file', () => {
  it('is none before the first execution, and none for a cancelled one', () => {
    assert.equal(decideMark(null), null);
    assert.equal(decideMark(fakeExecution(1, 'cancelled', nowMs).execution), null);
  });

  it('says how the last execution ended and how long it took', () => {
    const { execution } = fakeExecution(1, 'failed', nowMs, {
      startedAt: at(nowMs),
      finishedAt: at(nowMs + 2000),
    });
    assert.deepEqual(decideMark(execution), {
      badge: '✗',
      tooltip: 'Last execution: failed after 2 s',
      colour: 'list.errorForeground',
    });
  });

  it('is at most two characters long, as the editor wants it', () => {
    for (const status of executionStatuses) {
      const mark = decideMark(fakeExecution(1, status, nowMs).execution);
      assert.ok(mark === null || mark.badge.length <= 2);
    }
  });
});
