import assert from 'node:assert/strict';
import { describeTransitions } from '../../../../src/extension/logs/describe-transitions.ts';
import { executionWith, failedTask } from '../build-folder.ts';

describe('describeTransitions', () => {
  it('has a line for an execution that is new', () => {
    assert.deepEqual(describeTransitions(null, executionWith({ test: {} })), [
      { level: 'info', text: '20261122-141503-7f3a release: pending' },
    ]);
  });

  it('has a line for each task that moved, and one for the execution', () => {
    const before = executionWith({ lint: {}, test: { status: 'running' } }, { status: 'running' });
    const after = {
      ...before,
      status: 'failed' as const,
      finishedAt: '2026-11-22T14:15:15.400Z',
      startedAt: '2026-11-22T14:15:03.000Z',
      tasks: [before.tasks[0]!, { ...before.tasks[1]!, ...failedTask }],
    };
    assert.deepEqual(describeTransitions(before, after), [
      {
        level: 'warn',
        text: '20261122-141503-7f3a release / test: running → failed (exit 1): exit code 1 · 12 s',
      },
      { level: 'warn', text: '20261122-141503-7f3a release: running → failed · 12 s' },
    ]);
  });

  it('tells the start of an execution before that of its tasks', () => {
    const before = executionWith({ test: {} });
    const after = { ...executionWith({ test: { status: 'running' } }), status: 'running' as const };
    assert.deepEqual(
      describeTransitions(before, after).map(({ text }) => text),
      [
        '20261122-141503-7f3a release: pending → running',
        '20261122-141503-7f3a release / test: pending → running',
      ],
    );
  });

  it('says nothing when only output came', () => {
    const before = executionWith({ test: { status: 'running' } }, { status: 'running' });
    const task = { ...before.tasks[0]!, lastOutputAt: '2026-11-22T14:15:15.400Z' };
    assert.deepEqual(describeTransitions(before, { ...before, tasks: [task] }), []);
  });

  it('keeps a message of many lines on one', () => {
    const before = executionWith({}, { status: 'running' });
    const after = { ...before, status: 'failed' as const, message: 'one\n  two\n' };
    const [line] = describeTransitions(before, after);
    assert.equal(line?.text, '20261122-141503-7f3a release: running → failed: one | two |');
  });
});
