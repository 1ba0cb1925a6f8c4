import assert from 'node:assert/strict';
import type { Execution, TaskExecution } from '../../../../../src/model/execution.ts';
import {
  runsOf,
  runsOfExecution,
  wordRun,
} from '../../../../../src/engine/workflow/authoring/task-runs.ts';

function task(id: string, more: Partial<TaskExecution>): TaskExecution {
  return {
    id,
    group: null,
    status: 'succeeded',
    reason: null,
    message: null,
    attempt: 1,
    exitCode: 0,
    startedAt: '2026-11-22T10:00:00.000Z',
    finishedAt: '2026-11-22T10:00:04.200Z',
    ...more,
  } as TaskExecution;
}

function execution(id: string, agent: string, tasks: readonly TaskExecution[]): Execution {
  return { id, agent, createdAt: '2026-11-22T09:59:59.000Z', tasks } as unknown as Execution;
}

describe('runs of a task', () => {
  it('are those of its agent, newest first, as many as asked for', () => {
    const all = ['3', '2', '1'].map((id) => execution(id, 'a', [task('x', {})]));
    const found = runsOf([execution('9', 'b', [task('x', {})]), ...all], 'a', 'x', 2);
    assert.deepEqual(
      found.map((run) => [run.execution, wordRun(run)]),
      [
        ['3', 'succeeded · 4.2 s'],
        ['2', 'succeeded · 4.2 s'],
      ],
    );
  });

  it('take the combinations of a matrix together', () => {
    const failed = task('x (b)', {
      group: 'x',
      status: 'failed',
      reason: 'exit',
      exitCode: 3,
      attempt: 2,
      finishedAt: '2026-11-22T10:00:09.000Z',
    });
    const one = execution('1', 'a', [task('x (a)', { group: 'x' }), failed, task('y', {})]);
    const run = runsOfExecution(one).get('x');
    assert.equal(run === undefined ? '' : wordRun(run), 'failed · 9 s · attempt 2');
    assert.equal(run?.failure, 'x (b): exit 3');
    assert.deepEqual([...runsOfExecution(one).keys()], ['x', 'y']);
  });

  it('have no duration while they go on', () => {
    const one = execution('1', 'a', [task('x', { status: 'running', finishedAt: null })]);
    assert.equal(wordRun(runsOf([one], 'a', 'x', 1)[0]!), 'running');
  });
});
