import assert from 'node:assert/strict';
import { toDetailHead } from '../../../../src/extension/dashboard/to-detail.ts';
import { executionStatuses } from '../../../../src/model/status.ts';
import { nextStep } from '../../../../src/webview/state/next-step.ts';
import { fakeExecution, triedTask } from '../../../webview/fake-executions.ts';

const failedTask = triedTask('test', 'failed', { startMs: 1, endMs: 2 });

describe('what to do next', () => {
  it('names what a retry does again', () => {
    const item = fakeExecution(1, 'failed', 1_800_000_000_000, { tasks: [failedTask] });
    assert.match(nextStep(toDetailHead(item, [], true)) ?? '', /^Retry runs the failed task again/);
  });

  it('never tells of what an untrusted workspace cannot do', () => {
    for (const status of executionStatuses) {
      const item = fakeExecution(1, status, 1_800_000_000_000, { tasks: [failedTask] });
      assert.doesNotMatch(
        nextStep(toDetailHead(item, [], false)) ?? '',
        /Retry|Resume|Kill|Answer/,
      );
    }
  });
});
