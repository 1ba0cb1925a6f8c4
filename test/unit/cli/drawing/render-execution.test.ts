import assert from 'node:assert/strict';
import { renderExecution } from '../../../../src/cli/drawing/render-execution.ts';
import type { TaskExecution } from '../../../../src/model/execution.ts';
import { at, exampleExecution, nowMs } from '../example-execution.ts';
import { plainLook } from './look.ts';
import { newTask } from '../../model/build-execution.ts';

const approval = { decision: 'approved', by: 'ada', at: at(3) } as const;

function rowOf(task: TaskExecution): string | undefined {
  const lines = renderExecution(exampleExecution({ tasks: [task] }), [], plainLook, nowMs);
  return lines.find((line) => line.includes(task.id));
}

describe('renderExecution', () => {
  it('says once who approved', () => {
    const done = { status: 'succeeded', message: 'approved by ada', finishedAt: at(3) } as const;
    const row = rowOf(newTask('ask', { ...done, approval }));
    assert.equal(row?.split('approved by ada').length, 2, row);
  });

  it('says what was checked out, without control characters of its name', () => {
    const git = { branch: 'main\u001b[2J', commit: '1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d7e8f9a0b' };
    const lines = renderExecution(exampleExecution({ git }), [], plainLook, nowMs);
    const line = lines.find((one) => one.includes('1a2b3c4d5e')) ?? '';
    assert.match(line, /git +main.*, 1a2b3c4d5e$/);
    assert.ok(!line.includes('\u001b'));
  });

  it('has times as they are here, also in the message of one that was interrupted', () => {
    const sign = new Date(2026, 10, 22, 14, 5, 9).toISOString();
    const createdAt = new Date(2026, 10, 22, 14, 5, 3).toISOString();
    const message = `the runner (process 7) is gone; its last sign of life is of ${sign}`;
    const execution = exampleExecution({ status: 'interrupted', message, createdAt });
    const text = renderExecution(execution, [], plainLook, nowMs).join('\n');
    assert.match(text, /its last sign of life is of 2026-11-22 14:05:09$/m);
    assert.match(text, /created +2026-11-22 14:05:03 \(/);
  });

  it('says who approved while the end of the task is not recorded yet', () => {
    const row = rowOf(newTask('ask', { status: 'waiting', approval }));
    assert.match(row ?? '', /approved by ada/);
  });
});
