import assert from 'node:assert/strict';
import { HostClock } from '../../../../src/webview/state/clock.ts';
import { chooseTask } from '../../../../src/protocol/choose-log.ts';
import { countUndone, tableEntries } from '../../../../src/webview/state/detail-state.ts';
import {
  agoStepMs,
  formatAgo,
  formatElapsed,
  formatFreshness,
} from '../../../../src/webview/state/format-time.ts';
import { LatestRun } from '../../../../src/webview/state/latest-run.ts';
import { lookOf } from '../../../../src/webview/state/status-look.ts';
import { initialView, restoreView } from '../../../../src/webview/state/view-state.ts';
import { toTaskRow } from '../../../../src/extension/dashboard/to-detail.ts';
import { executionStatuses, taskStatuses } from '../../../../src/model/status.ts';
import { triedTask } from '../../../webview/fake-executions.ts';
import { FakeTimers, settle } from '../../protocol/fake-after.ts';
import { newTask } from '../../model/build-execution.ts';

const startMs = 1_800_000_000_000;

describe('how much of an execution is done', () => {
  it('is not what was cancelled or cut off', () => {
    const statuses = ['succeeded', 'failed', 'skipped', 'cancelled', 'interrupted'] as const;
    const rows = statuses.map((status) =>
      toTaskRow(triedTask(status, status, { startMs, endMs: startMs }), 0, false),
    );
    assert.equal(countUndone([...rows, undefined]), 2);
  });
});

describe('the task whose log is shown by itself', () => {
  const row = (...args: Parameters<typeof triedTask>) => toTaskRow(triedTask(...args), 0, false);
  const done = row('done', 'succeeded', { startMs, endMs: startMs });
  const busy = row('busy', 'running', { startMs, endMs: null });
  const bad = row('bad', 'failed', { startMs, endMs: startMs });
  const other = row('other', 'running', { startMs, endMs: null });

  it('is the one at work', () => {
    assert.equal(chooseTask([done, busy], null), 'busy');
  });
  it('stays while it is at work', () => {
    assert.equal(chooseTask([busy, other], 'other'), 'other');
  });
  it('goes on to another one at work when it is over', () => {
    assert.equal(chooseTask([done, busy], 'done'), 'busy');
  });
  it('is the one that failed when all is over', () => {
    assert.equal(chooseTask([done, bad], 'done'), 'bad');
  });
  it('is the stuck one first of all', () => {
    assert.equal(chooseTask([busy, { ...other, isStuck: true }], null), 'other');
  });
  it('is none when none has started', () => {
    assert.equal(chooseTask([toTaskRow(newTask('new'), 0, false)], null), null);
  });
});

describe('the task table', () => {
  it('gives a matrix group and the tasks at the end a heading', () => {
    const tasks = [
      newTask('lint'),
      newTask('build (a)', { group: 'build' }),
      newTask('build (b)', { group: 'build' }),
      newTask('tidy', { isFinally: true }),
    ].map((task, index) => toTaskRow(task, index, false));
    assert.deepEqual(
      tableEntries(tasks).map((entry) =>
        entry.kind === 'task' ? entry.task.id : entry.kind === 'group' ? entry.group : entry.kind,
      ),
      ['lint', 'build', 'build (a)', 'build (b)', 'finally', 'tidy'],
    );
  });
});

describe('the view that is kept', () => {
  it('comes back as it was', () => {
    const view = { ...initialView, filter: 'failed' as const, listScroll: 40 };
    assert.deepEqual(restoreView(JSON.parse(JSON.stringify(view))), view);
  });
  it('of an earlier version has what is new as at first', () => {
    assert.deepEqual(restoreView({ filter: 'failed' }), { ...initialView, filter: 'failed' });
  });
  for (const kept of [null, undefined, 'x', { ...initialView, filter: 'gone' }, { new: 1 }]) {
    it(`${JSON.stringify({ kept }).slice(0, 40)} cannot be used`, () => {
      assert.equal(restoreView(kept), initialView);
    });
  }
});

describe('times in words', () => {
  it('a growing duration has whole seconds', () => {
    assert.deepEqual([-5, 400, 1900, 61_000, 3_700_000].map(formatElapsed), [
      '0 s',
      '0 s',
      '1 s',
      '1 m 1 s',
      '1 h 2 m',
    ]);
  });
  it('what was has one unit', () => {
    const ages = [1, 12, 190, 8000, 200_000];
    assert.deepEqual(
      ages.map((seconds) => formatAgo(startMs - seconds * 1000, startMs)),
      ['just now', '12 s ago', '3 m ago', '2 h ago', '2 d ago'],
    );
  });
  it('the age of the picture is one text as long as it is read every two seconds', () => {
    assert.deepEqual(
      [-500, 0, 4900].map(formatFreshness),
      Array.from({ length: 3 }, () => 'Updated just now'),
    );
    assert.deepEqual([12_100, 65_000].map(formatFreshness), [
      'Updated 12 s ago',
      'Updated 1 m ago',
    ]);
  });
  it('what was says for how long it stays so', () => {
    for (const ageMs of [-300, 0, 4999, 5000, 12_345, 59_999, 60_000, 190_000, 8_000_123]) {
      const stepMs = agoStepMs(startMs - ageMs, startMs);
      const text = formatAgo(startMs - ageMs, startMs);
      assert.equal(formatAgo(startMs - ageMs, startMs + stepMs - 1), text);
      assert.notEqual(formatAgo(startMs - ageMs, startMs + stepMs), text);
    }
  });
});

describe('the clock', () => {
  function clock() {
    const timers = new FakeTimers();
    let isHidden = false;
    const made = new HostClock({
      nowMs: () => timers.nowMs,
      after: timers.after,
      tickMs: () => 1000,
      isHidden: () => isHidden,
    });
    return { timers, made, hide: (hidden: boolean) => (isHidden = hidden) };
  }

  it('shows the time of the other machine, and takes no notice of the way of a message', () => {
    const { timers, made } = clock();
    made.learn(timers.nowMs + 60_000);
    made.learn(timers.nowMs + 59_900);
    assert.equal(made.nowMs(), timers.nowMs + 60_000);
  });

  it('ticks while somebody listens and the page is seen', () => {
    const { timers, made, hide } = clock();
    let ticks = 0;
    const listener = made.onTick(() => (ticks += 1));
    timers.pass(3000);
    hide(true);
    timers.pass(3000);
    hide(false);
    timers.pass(1000);
    assert.equal(ticks, 4);
    listener.dispose();
    assert.equal(timers.waiting, 0);
  });

  it('sleeps until the first of the shown texts can change', () => {
    const { timers, made } = clock();
    const startedMs = timers.nowMs;
    const ticks: number[] = [];
    made.onTick(
      () => ticks.push(timers.nowMs - startedMs),
      () => 40_000 - ((timers.nowMs - startedMs) % 40_000),
    );
    timers.pass(39_000);
    assert.deepEqual(ticks, []);
    timers.pass(41_000);
    assert.deepEqual(ticks, [40_000, 80_000]);
    const other = made.onTick(() => undefined);
    timers.pass(2000);
    assert.equal(ticks.length, 4);
    other.dispose();
  });

  it('looks at least once a minute, and at once when the page is seen again', () => {
    const { timers, made, hide } = clock();
    let ticks = 0;
    made.onTick(
      () => (ticks += 1),
      () => Infinity,
    );
    timers.pass(60_000);
    assert.equal(ticks, 1);
    hide(true);
    timers.pass(300_000);
    assert.equal(ticks, 1);
    hide(false);
    made.catchUp();
    assert.equal(ticks, 2);
    assert.equal(timers.waiting, 1);
  });
});

describe('one run at a time', () => {
  it('goes on with the newest value alone', async () => {
    const runs: number[] = [];
    let go: () => void = () => {};
    const latest = new LatestRun<number>((value) => {
      runs.push(value);
      return new Promise((resolve) => (go = resolve));
    });
    latest.want(1);
    latest.want(2);
    latest.want(3);
    assert.deepEqual(runs, [1]);
    go();
    await settle();
    assert.deepEqual(runs, [1, 3]);
  });
});

describe('the look of a status', () => {
  it('every status has an icon and a word of its own', () => {
    const all = [...new Set([...executionStatuses, ...taskStatuses])];
    const words = all.map((status) => lookOf(status).word);
    const icons = all.map((status) => lookOf(status).icon);
    assert.equal(new Set(words).size, all.length);
    assert.equal(new Set(icons).size, all.length);
  });
});
