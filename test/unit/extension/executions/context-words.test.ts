import assert from 'node:assert/strict';
import {
  executionWords,
  logOfExecution,
  taskWords,
} from '../../../../src/extension/executions/context-words.ts';
import { executionWith, failedTask, newAttempt } from '../build-folder.ts';

describe('executionWords', () => {
  const cases = {
    running: ['execution', 'running', 'cancellable'],
    cancelling: ['execution', 'cancelling', 'cancellable'],
    succeeded: ['execution', 'succeeded', 'removable', 'repeatable'],
    failed: ['execution', 'failed', 'retryable', 'removable', 'repeatable'],
    cancelled: ['execution', 'cancelled', 'resumable', 'removable', 'repeatable'],
    interrupted: ['execution', 'interrupted', 'resumable', 'removable', 'repeatable'],
  } as const;
  for (const [status, words] of Object.entries(cases)) {
    it(`says what can be done with one that is ${status}`, () => {
      const execution = executionWith({ test: {} }, { status: status as keyof typeof cases });
      assert.deepEqual(executionWords(execution), words);
    });
  }

  it('cannot retry one that failed before it had tasks', () => {
    const execution = executionWith({}, { status: 'failed', reason: 'invalid-workflow' });
    assert.ok(!executionWords(execution).includes('retryable'));
  });

  it('cannot run a child again by itself', () => {
    const execution = executionWith(
      {},
      { status: 'succeeded', parent: { execution: 'parent', task: 'notes' } },
    );
    assert.ok(!executionWords(execution).includes('repeatable'));
  });
});

describe('taskWords', () => {
  it('cannot answer an approval that was answered', () => {
    const approval = { decision: 'approved', by: 'me', at: '2026-11-22T14:15:15.000Z' } as const;
    const execution = executionWith({ ask: { kind: 'approval', status: 'waiting', approval } });
    assert.ok(!taskWords(execution, execution.tasks[0]!).includes('approvable'));
  });
});

describe('logOfExecution', () => {
  it('is that of the failed task, and rather of one that was not tolerated', () => {
    const execution = executionWith({
      lint: { ...failedTask, continueOnError: true },
      test: failedTask,
      build: { status: 'succeeded', attempts: [newAttempt()] },
    });
    assert.equal(logOfExecution(execution)?.id, 'test');
  });

  it('is that of what runs, else of the last that ran', () => {
    const done = { status: 'succeeded', attempts: [newAttempt()] } as const;
    const running = { status: 'running', attempts: [newAttempt({ status: 'running' })] } as const;
    assert.equal(logOfExecution(executionWith({ a: running, b: done }))?.id, 'a');
    assert.equal(logOfExecution(executionWith({ a: done, b: done, c: {} }))?.id, 'b');
    assert.equal(logOfExecution(executionWith({ a: {} })), null);
  });
});
