import assert from 'node:assert/strict';
import type { Execution } from '../../../src/model/execution.ts';
import { asRecorded } from '../../../src/model/tell-message.ts';
import { decideNotifications } from '../../../src/extension/notifications/decide-notification.ts';
import { describeTrouble } from '../../../src/extension/describe-trouble.ts';
import { findRunProblems } from '../../../src/extension/diagnostics/find-run-problems.ts';
import { toDetailHead } from '../../../src/extension/dashboard/to-detail.ts';
import { toListRow } from '../../../src/extension/dashboard/to-list-row.ts';
import { toldExecution } from '../../../src/extension/told.ts';
import { newExecution, newTask } from '../model/build-execution.ts';

const loud = (message: string): string => message.toUpperCase();

describe('what is told', () => {
  const task = newTask('build', { status: 'failed', reason: 'exit', message: 'it broke' });
  const execution: Execution = {
    ...newExecution(['build']),
    agent: 'release',
    name: 'Release',
    status: 'failed',
    reason: 'exit',
    message: 'task "build" broke',
    finishedAt: '2026-11-23T06:00:00.000Z',
    tasks: [task],
  };
  const item = { folder: 'shop', key: `shop ${execution.id}`, execution };

  it('is what was recorded, and the same object, where there is no other language', () => {
    assert.equal(toldExecution(execution, asRecorded), execution);
  });

  it('is the same object where every message stays what it is', () => {
    assert.equal(
      toldExecution(execution, (message) => message),
      execution,
    );
  });

  it('is the messages, and nothing else', () => {
    const told = toldExecution(execution, loud);
    assert.equal(told.message, 'TASK "BUILD" BROKE');
    assert.equal(told.tasks[0]?.message, 'IT BROKE');
    assert.deepEqual({ ...told, message: '', tasks: [] }, { ...execution, message: '', tasks: [] });
  });

  it('is in the rows of the dashboard', () => {
    assert.equal(toListRow(item, false, loud).message, 'TASK "BUILD" BROKE');
    assert.equal(toDetailHead(item, [], true, loud).message, 'TASK "BUILD" BROKE');
  });

  it('is in problems, notifications and trouble', () => {
    const [problem] = findRunProblems([execution], [], undefined, loud);
    assert.match(problem?.message ?? '', /IT BROKE/);
    assert.equal(
      describeTrouble({ message: 'no disk', hint: 'buy one' }, loud),
      'NO DISK. BUY ONE.',
    );
    const verdict = {
      kind: 'silent-task',
      execution: execution.id,
      task: 'build',
      since: '2026-11-23T06:00:00.000Z',
      evidence: 'no output',
    } as const;
    const running = { ...execution, status: 'running', finishedAt: null } as const;
    const { notices } = decideNotifications(new Set(), {
      folders: [
        {
          key: 'shop',
          name: 'shop',
          executions: [running],
          verdicts: [verdict],
          agents: [],
          trouble: null,
        },
      ],
      setting: 'all',
      isWatched: false,
      openedAt: '2026-11-23T00:00:00.000Z',
      tell: loud,
    });
    assert.deepEqual(
      notices.map(({ message }) => message),
      ['Release: build seems stuck: NO OUTPUT'],
    );
  });
});
