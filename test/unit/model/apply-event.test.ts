import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEvent } from '../../../src/model/apply-event.ts';
import type { ExecutionEvent } from '../../../src/model/events.ts';
import type { Execution } from '../../../src/model/execution.ts';
import {
  executionTransitions,
  isExecutionOver,
  isTaskOver,
  taskTransitions,
} from '../../../src/model/status.ts';
import { newExecution } from './build-execution.ts';

const at = '2026-11-22T14:15:04.000Z';
const log = 'executions/x/a.1.log';

function fold(start: Execution, events: readonly ExecutionEvent[]): Execution {
  let state = start;
  for (const event of events) {
    const next = applyEvent(state, event);
    assert.ok(next.ok, next.ok ? '' : next.error.message);
    state = next.value;
  }
  return state;
}

function finished(task: string, attempt: number, status: 'succeeded' | 'failed'): ExecutionEvent {
  const isFailed = status === 'failed';
  return {
    type: 'task-finished',
    at,
    task,
    attempt,
    status,
    reason: isFailed ? 'exit' : null,
    message: isFailed ? 'exited with code 1' : null,
    exitCode: isFailed ? 1 : 0,
    signal: null,
    outputs: isFailed ? {} : { url: 'x' },
  };
}

const end = (status: 'succeeded' | 'failed' | 'cancelled' | 'interrupted'): ExecutionEvent => ({
  type: 'execution-finished',
  at,
  status,
  reason: status === 'failed' ? 'exit' : null,
  message: null,
  outputs: {},
});

describe('applyEvent', () => {
  it('follows a task through a retry to its success', () => {
    const state = fold(newExecution(['a']), [
      { type: 'execution-started', at },
      { type: 'task-started', at, task: 'a', attempt: 1, log },
      {
        type: 'task-retrying',
        at,
        task: 'a',
        attempt: 1,
        reason: 'exit',
        message: 'exited with code 1',
        exitCode: 1,
        signal: null,
        nextAttemptAt: at,
      },
      { type: 'task-started', at, task: 'a', attempt: 2, log },
      finished('a', 2, 'succeeded'),
      end('succeeded'),
    ]);
    const task = state.tasks[0];
    assert.equal(state.status, 'succeeded');
    assert.deepEqual(
      [task?.status, task?.attempt, task?.outputs, task?.nextAttemptAt],
      ['succeeded', 2, { url: 'x' }, null],
    );
    assert.deepEqual(
      task?.attempts.map((attempt) => attempt.status),
      ['failed', 'succeeded'],
    );
  });

  it('keeps the identity of every task that an event does not touch', () => {
    const before = fold(newExecution(['a', 'b']), [{ type: 'execution-started', at }]);
    const after = fold(before, [{ type: 'task-started', at, task: 'a', attempt: 1, log }]);
    assert.equal(after.tasks[1], before.tasks[1]);
    assert.notEqual(after.tasks[0], before.tasks[0]);
  });

  it('refuses an illegal transition with both states named', () => {
    const done = fold(newExecution(['a']), [
      { type: 'execution-started', at },
      { type: 'task-started', at, task: 'a', attempt: 1, log },
      finished('a', 1, 'succeeded'),
    ]);
    const refused = applyEvent(done, { type: 'task-started', at, task: 'a', attempt: 2, log });
    assert.deepEqual(refused, {
      ok: false,
      error: {
        code: 'illegal-transition',
        message: 'task "a" cannot go from "succeeded" to "running"; from "succeeded" only: pending',
      },
    });
  });

  it('leaves no task unfinished when the execution ends', () => {
    const state = fold(newExecution(['a', 'b']), [
      { type: 'execution-started', at },
      { type: 'task-started', at, task: 'a', attempt: 1, log },
      end('interrupted'),
    ]);
    assert.deepEqual(
      state.tasks.map((task) => [task.status, task.attempts.at(-1)?.status ?? null]),
      [
        ['interrupted', 'interrupted'],
        ['interrupted', null],
      ],
    );
  });

  it('puts only the named tasks back to pending on a retry and counts the attempt', () => {
    const state = fold(newExecution(['a', 'b']), [
      { type: 'execution-started', at },
      { type: 'task-started', at, task: 'a', attempt: 1, log },
      finished('a', 1, 'succeeded'),
      { type: 'task-started', at, task: 'b', attempt: 1, log },
      finished('b', 1, 'failed'),
      end('failed'),
      { type: 'execution-restarted', at, why: 'retry', by: 'cli', tasks: ['b'] },
    ]);
    assert.equal(state.attempt, 2);
    assert.equal(state.status, 'pending');
    assert.deepEqual(
      state.tasks.map((task) => [task.status, task.attempt, task.outputs]),
      [
        ['succeeded', 1, { url: 'x' }],
        ['pending', 1, {}],
      ],
    );
  });

  it('never leaves the transition table and never ends with an unfinished task, whatever is thrown at it', () => {
    const event = fc.oneof(
      fc.constant<ExecutionEvent>({ type: 'execution-started', at }),
      fc.constant<ExecutionEvent>({ type: 'execution-waiting', at }),
      fc.constant<ExecutionEvent>({ type: 'execution-queued', at, message: 'group' }),
      fc.constant<ExecutionEvent>({ type: 'execution-cancelling', at, by: 'me', how: 'cancel' }),
      fc.constantFrom('succeeded', 'failed', 'cancelled', 'interrupted').map(end),
      fc.subarray(['a', 'b', 'c']).map((tasks): ExecutionEvent => ({
        type: 'execution-restarted',
        at,
        why: 'retry',
        by: 'me',
        tasks,
      })),
      fc
        .record({
          task: fc.constantFrom('a', 'b', 'c', 'nobody'),
          attempt: fc.integer({ min: 1, max: 3 }),
          type: fc.constantFrom('task-started', 'task-cancelling', 'task-waiting', 'task-finished'),
        })
        .map(({ task, attempt, type }): ExecutionEvent => {
          if (type === 'task-started') return { type, at, task, attempt, log };
          if (type === 'task-cancelling') return { type, at, task };
          if (type === 'task-waiting') return { type, at, task, attempt, log, question: '?' };
          return finished(task, attempt, attempt === 1 ? 'succeeded' : 'failed');
        }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let state = newExecution(['a', 'b', 'c']);
        for (const next of events) {
          const result = applyEvent(state, next);
          if (!result.ok) continue;
          const after = result.value;
          if (after.status !== state.status) {
            assert.ok(executionTransitions[state.status].includes(after.status));
          }
          after.tasks.forEach((task, index) => {
            const from = state.tasks[index]?.status ?? 'pending';
            if (task.status !== from) assert.ok(taskTransitions[from].includes(task.status));
          });
          if (isExecutionOver(after.status)) {
            assert.ok(after.tasks.every((task) => isTaskOver(task.status)));
          }
          state = after;
        }
      }),
      { numRuns: 500 },
    );
  });
});
