import assert from 'node:assert/strict';
import {
  decideMark,
  type FileMark,
} from '../../../../src/extension/decorations/decide-decoration.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { executionStatuses } from '../../../../src/model/status.ts';
import { at, fakeExecution } from '../../../webview/fake-executions.ts';

const nowMs = 1_800_000_000_000;

const ownMark = (execution: Execution): FileMark | null => decideMark(execution.agent, execution);

describe('the mark of a workflow file', () => {
  it('is none before the first execution, and none for a cancelled one', () => {
    assert.equal(decideMark('a', null), null);
    assert.equal(ownMark(fakeExecution(1, 'cancelled', nowMs).execution), null);
  });

  it('says how the last execution ended and how long it took', () => {
    const { execution } = fakeExecution(1, 'failed', nowMs, {
      startedAt: at(nowMs),
      finishedAt: at(nowMs + 2000),
    });
    assert.deepEqual(ownMark(execution), {
      badge: '✗',
      tooltip: 'Last execution: failed after 2 s',
      colour: 'list.errorForeground',
    });
  });

  it('is never the plain result of a fallback that ran in its place', () => {
    for (const status of executionStatuses) {
      const fallback = { for: 'release', reason: 'line 3: unknown key `need`' };
      const change = { agent: 'fallback', fallback, startedAt: at(nowMs), finishedAt: null };
      const { execution } = fakeExecution(1, status, nowMs, change);
      assert.deepEqual(decideMark('release', execution), {
        badge: '!',
        tooltip: `Last execution: fallback ran: ${status}`,
        colour: 'list.warningForeground',
      });
      assert.notEqual(ownMark(execution)?.badge, '!', 'the fallback itself is marked as ever');
    }
  });

  it('is at most two characters long, as the editor wants it', () => {
    for (const status of executionStatuses) {
      const mark = ownMark(fakeExecution(1, status, nowMs).execution);
      assert.ok(mark === null || mark.badge.length <= 2);
    }
  });
});
