import assert from 'node:assert/strict';
import { describePlan } from '../../../../src/extension/commands/describe-plan.ts';
import { executionWith } from '../build-folder.ts';

describe('describePlan', () => {
  const execution = executionWith({});

  it('says what runs again, what is kept, and why', () => {
    const plan = {
      again: [{ task: 'test', why: 'failed: exit code 1' }],
      kept: [{ task: 'lint', why: 'succeeded' }],
      isWorkflowChanged: false,
    };
    assert.deepEqual(describePlan(execution, plan, 'Retry'), {
      question: 'Retry Release check? 1 task runs again, 1 kept.',
      detail: 'Run again:\n  test: failed: exit code 1\n\nKept:\n  lint: succeeded\n',
    });
  });

  it('warns when the file has changed, and says how to run what it says now', () => {
    const plan = { again: [{ task: 'test', why: 'failed' }], kept: [], isWorkflowChanged: true };
    assert.match(
      describePlan(execution, plan, 'Resume').detail,
      /The workflow file has changed since this execution was started\.\n.+"Run Again" starts all tasks/,
    );
  });

  it('counts what does not fit', () => {
    const again = Array.from({ length: 20 }, (_, index) => ({
      task: `t${String(index)}`,
      why: 'x',
    }));
    const { detail } = describePlan(
      execution,
      { again, kept: [], isWorkflowChanged: false },
      'Retry',
    );
    assert.match(detail, /\n {2}and 8 more\n/);
  });
});
