import assert from 'node:assert/strict';
import { criticalPath } from '../../../../src/webview/timeline/critical-path.ts';
import { layOutTimeline } from '../../../../src/webview/timeline/lay-out-timeline.ts';
import {
  describeOffset,
  roundStep,
  roundTicks,
} from '../../../../src/webview/timeline/time-scale.ts';
import type { TaskRow } from '../../../../src/protocol/detail-messages.ts';
import { attemptRow, ranRow, taskRow } from '../fake-task-row.ts';

const s = 1000;

function lay(tasks: readonly TaskRow[], finishedMs: number | null, nowMs = 60 * s) {
  return layOutTimeline({ tasks, startedMs: 0, finishedMs, nowMs, maxTicks: 6 });
}

function barsOf(task: TaskRow, others: readonly TaskRow[] = [], finishedMs: number | null = null) {
  const row = lay([...others, task], finishedMs).rows.at(-1);
  return row?.kind === 'task'
    ? row.bars.map(({ kind, startMs, endMs }) => [kind, startMs, endMs])
    : [];
}

describe('the time axis', () => {
  it('has round steps', () => {
    assert.deepEqual(
      [900, 47 * s, 100 * s, 3600 * s, 86_400 * s * 9].map((span) => roundStep(span, 6)),
      [200, 10 * s, 30 * s, 600 * s, 2 * 86_400 * s],
    );
  });

  it('counts from the start', () => {
    assert.deepEqual(
      roundTicks(500, 500 + 95 * s, 4).map(({ label }) => label),
      ['0 s', '30 s', '1 m', '1 m 30 s'],
    );
  });

  it('says offsets in at most two units', () => {
    assert.deepEqual([0, 500, 1500, 3600 * s, 90_000 * s].map(describeOffset), [
      '0 s',
      '500 ms',
      '1.5 s',
      '1 h',
      '1 d 1 h',
    ]);
  });

  it('ends with the execution, and behind now while it goes on', () => {
    const tasks = [ranRow('a', 0, 50 * s)];
    assert.equal(lay(tasks, 50 * s).toMs, 50 * s);
    assert.ok(lay(tasks, null).toMs > 60 * s);
  });
});

describe('the bars of a task', () => {
  it('are its attempts, with gaps between them', () => {
    const task = ranRow('a', 0, 9 * s, {
      attempts: [attemptRow(1, 0, 2 * s, 'failed'), attemptRow(2, 5 * s, 9 * s)],
    });
    assert.deepEqual(barsOf(task), [
      ['attempt', 0, 2 * s],
      ['gap', 2 * s, 5 * s],
      ['attempt', 5 * s, 9 * s],
    ]);
  });

  it('go on until the next attempt while it is retried', () => {
    const task = taskRow('a', {
      status: 'retrying',
      attempt: 1,
      attempts: [attemptRow(1, 0, 2 * s, 'failed')],
      startedMs: 0,
      nextAttemptMs: 70 * s,
    });
    assert.deepEqual(barsOf(task).at(-1), ['gap', 2 * s, 70 * s]);
  });

  it('begin with the time it could have started but did not', () => {
    const need = ranRow('a', 0, 4 * s);
    const task = ranRow('b', 7 * s, 9 * s, { needs: ['a'] });
    assert.deepEqual(barsOf(task, [need]), [
      ['queue', 4 * s, 7 * s],
      ['attempt', 7 * s, 9 * s],
    ]);
  });

  it('are none while a need goes on, and a wait as soon as it is over', () => {
    const task = taskRow('b', { needs: ['a'] });
    assert.deepEqual(barsOf(task, [ranRow('a', 0, null)]), []);
    assert.deepEqual(barsOf(task, [ranRow('a', 0, 4 * s)]), [['queue', 4 * s, null]]);
  });

  it('end with the task where an attempt was never ended', () => {
    const task = ranRow('a', 0, 6 * s, {
      status: 'interrupted',
      attempts: [attemptRow(1, 0, null, 'interrupted')],
    });
    assert.deepEqual(barsOf(task), [['attempt', 0, 6 * s]]);
  });
});

describe('the critical path', () => {
  const tasks = [
    ranRow('a', 0, 4 * s),
    ranRow('b', 0, 9 * s),
    ranRow('c', 9 * s, 12 * s, { needs: ['a', 'b'] }),
    ranRow('d', 4 * s, 6 * s, { needs: ['a'] }),
  ];

  it('goes back from the last end through the needs that ended last', () => {
    assert.deepEqual(criticalPath(tasks, 60 * s), ['b', 'c']);
  });

  it('goes on through what runs at the end', () => {
    const all = [...tasks, ranRow('tidy', 12 * s, 13 * s, { isFinally: true })];
    assert.deepEqual(criticalPath(all, 60 * s), ['b', 'c', 'tidy']);
  });

  it('ends with what goes on now', () => {
    const all = [...tasks, ranRow('e', 6 * s, null, { needs: ['d'] })];
    assert.deepEqual(criticalPath(all, 60 * s), ['a', 'd', 'e']);
  });

  it('is drawn from the row of each task to that of the next', () => {
    assert.deepEqual(lay(tasks, 12 * s).links, [{ atMs: 9 * s, fromRow: 1, toRow: 2 }]);
  });

  it('ends although the needs go round in a circle', () => {
    const circle = [ranRow('a', 0, 1, { needs: ['b'] }), ranRow('b', 0, 2, { needs: ['a'] })];
    assert.deepEqual(criticalPath(circle, 3), ['a', 'b']);
  });
});
