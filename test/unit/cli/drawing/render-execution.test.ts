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

  it('says who approved while the end of the task is not recorded yet', () => {
    const row = rowOf(newTask('ask', { status: 'waiting', approval }));
    assert.match(row ?? '', /approved by ada/);
  });
});
