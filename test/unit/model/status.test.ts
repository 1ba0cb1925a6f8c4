import assert from 'node:assert/strict';
import {
  checkExecutionTransition,
  executionStatuses,
  executionTransitions,
  isExecutionOver,
  isTaskOver,
  taskStatuses,
  taskTransitions,
} from '../../../src/model/status.ts';

describe('the transition tables', () => {
  it('let every unfinished execution become interrupted, and only a finished one start again', () => {
    for (const status of executionStatuses) {
      assert.equal(executionTransitions[status].includes('interrupted'), !isExecutionOver(status));
      assert.equal(
        executionTransitions[status].includes('pending'),
        isExecutionOver(status) && status !== 'succeeded',
      );
    }
  });

  it('let every unfinished task be cancelled and become interrupted, and every finished one run again', () => {
    for (const status of taskStatuses) {
      assert.equal(taskTransitions[status].includes('interrupted'), !isTaskOver(status));
      assert.equal(taskTransitions[status].includes('cancelled'), !isTaskOver(status));
      assert.equal(taskTransitions[status].includes('pending'), isTaskOver(status));
    }
  });

  it('reach every state from pending', () => {
    const reached = new Set<string>(['pending']);
    const walk = (from: keyof typeof taskTransitions): void => {
      for (const to of taskTransitions[from]) {
        if (reached.has(to)) continue;
        reached.add(to);
        walk(to);
      }
    };
    walk('pending');
    assert.deepEqual([...reached].sort(), [...taskStatuses].sort());
  });

  it('name both states when they refuse', () => {
    const refused = checkExecutionTransition('succeeded', 'running');
    assert.ok(!refused.ok);
    assert.equal(
      refused.error.message,
      'an execution cannot go from "succeeded" to "running"; from "succeeded" only: none',
    );
  });
});
