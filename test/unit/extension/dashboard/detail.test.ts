import assert from 'node:assert/strict';
import { DetailDiff } from '../../../../src/extension/dashboard/detail-diff.ts';
import { actionsOf } from '../../../../src/extension/dashboard/execution-facts.ts';
import { fitText, jsonBytes } from '../../../../src/extension/dashboard/fit-text.ts';
import { checkCommand } from '../../../../src/extension/dashboard/check-command.ts';
import type { ExecutionStatus } from '../../../../src/model/status.ts';
import { executionStatuses } from '../../../../src/model/status.ts';
import { isDetail, isDetailChange } from '../../../../src/protocol/detail-messages.ts';
import { maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { fakeExecution, triedTask } from '../../../webview/fake-executions.ts';
import { newTask } from '../../model/build-execution.ts';

const nowMs = 1_800_000_000_000;

function running(tasks: number) {
  return fakeExecution(1, 'running', nowMs, {
    tasks: Array.from({ length: tasks }, (_, index) =>
      triedTask(`task-${index}`, 'running', { startMs: nowMs, endMs: null }),
    ),
  });
}

describe('the selected execution', () => {
  it('is sent with the tasks that fit, and the rest follows in messages within the budget', () => {
    const item = running(150);
    const diff = new DetailDiff(item.key, 200);
    const first = diff.open(item, [], true, 15_000);
    assert.ok(isDetail(first));
    const seen = first.tasks.map(({ index }) => index);
    for (let turn = 0; turn < 30; turn += 1) {
      const next = diff.changes(item, [], true, 15_000);
      if (next === null) break;
      assert.ok(isDetailChange(next.change));
      assert.ok(jsonBytes(next.change) < maxMessageBytes);
      seen.push(...next.change.tasks.map(({ index }) => index));
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 150 }, (_, index) => index),
    );
  });

  it('only the task that changed is sent', () => {
    const item = running(5);
    const diff = new DetailDiff(item.key, 200);
    diff.open(item, [], true, 15_000);
    const tasks = item.execution.tasks.map((task, index) =>
      index === 2 ? { ...task, message: 'changed' } : task,
    );
    const changed = { ...item, execution: { ...item.execution, tasks } };
    const found = diff.changes(changed, [], true, 15_000);
    assert.deepEqual(
      found?.change.tasks.map(({ index, message }) => [index, message]),
      [[2, 'changed']],
    );
    assert.equal(found.change.head, null);
    assert.equal(diff.changes(changed, [], true, 15_000), null);
  });

  it('what a row does not show, such as the process of an attempt, is nothing to send', () => {
    const item = running(3);
    const diff = new DetailDiff(item.key, 200);
    diff.open(item, [], true, 15_000);
    const tasks = item.execution.tasks.map((task) => ({
      ...task,
      attempts: task.attempts.map((attempt) => ({ ...attempt, pid: 4711 })),
    }));
    const noted = { ...item, execution: { ...item.execution, tasks } };
    assert.equal(diff.changes(noted, [], true, 15_000), null);
  });

  it('no more tasks are sent than were asked for', () => {
    const item = running(20);
    const diff = new DetailDiff(item.key, 7);
    assert.equal(diff.open(item, [], true, 15_000).tasks.length, 7);
    assert.equal(diff.changes(item, [], true, 15_000), null);
  });

  it('a verdict changes the head and its task', () => {
    const item = running(3);
    const diff = new DetailDiff(item.key, 200);
    diff.open(item, [], true, 15_000);
    const verdict = {
      kind: 'silent-task' as const,
      execution: item.execution.id,
      task: 'task-1',
      since: '2026-11-22T14:15:03.123Z',
      evidence: 'no output for 2 m',
    };
    const found = diff.changes(item, [verdict], true, 15_000);
    assert.deepEqual(
      found?.change.tasks.map(({ id, isStuck }) => [id, isStuck]),
      [['task-1', true]],
    );
    assert.equal(found.change.head?.stuck[0]?.evidence, 'no output for 2 m');
  });

  it('that it was removed is said once', () => {
    const item = running(1);
    const diff = new DetailDiff(item.key, 200);
    diff.open(item, [], true, 15_000);
    assert.equal(diff.changes(undefined, [], true, 15_000)?.change.isGone, true);
    assert.equal(diff.changes(undefined, [], true, 15_000), null);
  });

  it('is well-formed and fits with the longest texts there are', () => {
    const long = '\u{1f980}'.repeat(3000);
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`${long}${index}`, long]),
    );
    const item = fakeExecution(1, 'failed', nowMs, {
      name: long,
      message: long,
      inputs: many,
      outputs: many,
      tasks: [newTask(long, { message: long, needs: Array.from({ length: 90 }, () => long) })],
    });
    const detail = new DetailDiff(item.key, 200).open(item, [], true, 15_000);
    assert.ok(isDetail(detail));
    assert.ok(jsonBytes(detail) <= maxMessageBytes, String(jsonBytes(detail)));
  });

  it('a text is never cut through a character', () => {
    assert.equal(fitText('ab\u{1f980}cd', 4), 'ab…');
    assert.equal(fitText('abcd', 4), 'abcd');
  });
});

describe('what can be done', () => {
  const expected: Readonly<Record<ExecutionStatus, readonly string[]>> = {
    pending: ['cancel'],
    queued: ['cancel'],
    running: ['cancel'],
    waiting: ['cancel'],
    cancelling: ['cancel'],
    succeeded: ['runAgain'],
    failed: ['retry', 'runAgain'],
    cancelled: ['resume', 'runAgain'],
    interrupted: ['resume', 'runAgain'],
  };
  for (const status of executionStatuses) {
    it(`with an execution that is ${status}`, () => {
      const { execution } = fakeExecution(1, status, nowMs);
      assert.deepEqual(actionsOf(execution, true), [...expected[status], 'openWorkflow']);
      assert.deepEqual(actionsOf(execution, false), ['openWorkflow']);
    });
  }

  it('a waiting task can be approved and rejected', () => {
    const { execution } = fakeExecution(1, 'running', nowMs, {
      tasks: [triedTask('ask', 'waiting', { startMs: nowMs, endMs: null })],
    });
    assert.deepEqual(actionsOf(execution, true), [
      'approve',
      'reject',
      'cancel',
      'openLog',
      'openWorkflow',
    ]);
  });
});

describe('a command that was asked for', () => {
  const item = fakeExecution(1, 'failed', nowMs, { tasks: [newTask('test')] });
  const about = { key: item.key, task: null, attempt: null };

  it('goes on with its target', () => {
    const checked = checkCommand({ command: 'retry', ...about, task: 'test' }, item, true);
    assert.deepEqual(checked, {
      ok: true,
      value: { type: 'retry', target: item, task: 'test', attempt: null },
    });
  });

  for (const [name, code, ask] of [
    [
      'that is not possible now',
      'not-now',
      () => checkCommand({ command: 'cancel', ...about }, item, true),
    ],
    [
      'without trust',
      'not-trusted',
      () => checkCommand({ command: 'retry', ...about }, item, false),
    ],
    [
      'to run something without trust',
      'not-trusted',
      () => checkCommand({ command: 'runWorkflow', ...about }, null, false),
    ],
    [
      'about an execution that is gone',
      'unknown-execution',
      () => checkCommand({ command: 'retry', ...about }, null, true),
    ],
    [
      'about a task that is not there',
      'unknown-task',
      () => checkCommand({ command: 'retry', ...about, task: 'x' }, item, true),
    ],
  ] as const) {
    it(`${name} is refused`, () => {
      const checked = ask();
      assert.equal(checked.ok ? '' : checked.error.code, code);
    });
  }
});
