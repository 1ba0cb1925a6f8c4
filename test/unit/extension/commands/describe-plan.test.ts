import assert from 'node:assert/strict';
import { describeBeside, describePlan } from '../../../../src/extension/commands/describe-plan.ts';
import { inEnglish } from '../../../../src/model/translate.ts';
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
      button: 'Retry',
    });
  });

  it('says which processes outlived their runner, and that they are ended first', () => {
    const plan = {
      again: [{ task: 'test', why: 'in doubt' }],
      kept: [],
      isWorkflowChanged: false,
    };
    const leftovers = [
      { task: 'test', pids: [4711] },
      { task: 'call / copy', pids: [5000, 5001, 5002] },
    ];
    assert.deepEqual(describePlan(execution, plan, 'Resume', leftovers), {
      question: 'Resume Release check? 1 task runs again.',
      detail:
        'Still running, left by a runner that is gone; ended first:\n' +
        '  test: process 4711\n  call / copy: process 5000 and 2 more\n\n' +
        'Run again:\n  test: in doubt\n',
      button: 'End Processes and Resume',
    });
  });

  it('says why in the words of the window', () => {
    const plan = {
      again: [{ task: 'test', why: 'was cancelled' }],
      kept: [{ task: 'lint', why: 'succeeded' }],
      isWorkflowChanged: false,
    };
    const loud = (message: string): string => message.toUpperCase();
    const { detail } = describePlan(execution, plan, 'Resume', [], { t: inEnglish, tell: loud });
    assert.match(detail, /test: WAS CANCELLED\n[^]*lint: SUCCEEDED\n/);
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

describe('describeBeside', () => {
  it('says what a new execution would run beside, and what would end it', () => {
    assert.deepEqual(describeBeside(executionWith({}), [{ task: 'copy', pids: [4711, 4712] }]), {
      question: 'Run Release check again, beside what is left of it?',
      detail:
        'Still running, left by a runner that is gone:\n  copy: process 4711 and 1 more\n\n' +
        'A new execution does not end it; "Resume" does, before it goes on.',
      button: 'Run Beside It',
    });
  });
});
