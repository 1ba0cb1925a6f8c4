import assert from 'node:assert/strict';
import {
  decideTaskMarks,
  noMarks,
  type TaskMarks,
} from '../../../../src/extension/decorations/decide-task-marks.ts';
import { inEnglish } from '../../../../src/model/translate.ts';
import type { Execution, StuckVerdict } from '../../../../src/model/execution.ts';
import { executionWith, failedTask, newAttempt, newVerdict } from '../build-folder.ts';

const lines = { lint: 3, build: 5, test: 9, pack: 12 };
const taskRanges = new Map(
  Object.entries(lines).map(([id, line]) => {
    return [id, { line, column: 3, endLine: line, endColumn: 3 + id.length }];
  }),
);

function decide(
  newest: Execution | null,
  verdicts: readonly StuckVerdict[] = [],
  agent = newest?.agent ?? 'release',
): TaskMarks {
  return decideTaskMarks({ agent, newest, verdicts, taskRanges, t: inEnglish });
}

const done = {
  status: 'succeeded',
  attempt: 1,
  attempts: [newAttempt()],
  startedAt: '2026-11-22T14:15:03.000Z',
  finishedAt: '2026-11-22T14:15:07.200Z',
} as const;

describe('decideTaskMarks', () => {
  it('says how long a task took, and why it failed', () => {
    const { marks, runningLine } = decide(
      executionWith({
        lint: done,
        test: { ...failedTask, attempt: 2 },
        pack: { status: 'skipped' },
      }),
    );
    assert.deepEqual(
      marks.map(({ line, kind, text }) => [line, kind, text]),
      [
        [2, 'succeeded', '✓ succeeded · 4.2 s'],
        [8, 'failed', '✗ failed · 12.4 s · attempt 2 · exit 1'],
        [11, 'stopped', '– skipped'],
      ],
    );
    assert.equal(runningLine, null);
  });

  it('finds the first line where something runs, and leaves alone what has not begun', () => {
    const running = { status: 'running', startedAt: '2026-11-22T14:15:03.000Z' } as const;
    const { marks, runningLine } = decide(
      executionWith({ test: running, build: running, pack: { status: 'pending' } }),
    );
    assert.equal(runningLine, 4);
    assert.deepEqual(
      marks.map(({ kind, text }) => [kind, /^▸ running · since \d\d:\d\d:03$/.test(text)]),
      [
        ['running', true],
        ['running', true],
      ],
    );
  });

  it('warns of a task that seems stuck', () => {
    const execution = executionWith({ test: { status: 'running' } }, { status: 'running' });
    const [mark] = decide(execution, [newVerdict()]).marks;
    assert.equal(mark?.kind, 'warning');
    assert.match(mark.text, /^! seems stuck · since /);
  });

  it('shows a matrix task once, with the combination that counts most', () => {
    const { marks } = decide(
      executionWith({
        'build (linux)': { ...done, group: 'build' },
        'build (mac)': { ...failedTask, group: 'build' },
      }),
    );
    assert.deepEqual(
      marks.map(({ line, task }) => [line, task]),
      [[4, 'build (mac)']],
    );
  });

  it('keeps a message to one short line', () => {
    const message = `${'no such host '.repeat(10)}\nat connect`;
    const [mark] = decide(
      executionWith({ test: { ...failedTask, reason: 'output', message } }),
    ).marks;
    assert.match(mark?.text ?? '', /^✗ failed · 12\.4 s · .{59}…$/);
  });

  it('says nothing where nothing ran, or where another workflow ran in its place', () => {
    assert.equal(decide(null), noMarks);
    assert.equal(decide(executionWith({ test: failedTask }), [], 'other'), noMarks);
  });

  it('says nothing about tasks that are not in the file any more', () => {
    assert.deepEqual(decide(executionWith({ gone: failedTask })).marks, []);
  });
});
