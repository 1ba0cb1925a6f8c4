import assert from 'node:assert/strict';
import { foldGroups } from '../../../../src/extension/dashboard/fold-groups.ts';
import { groupRows } from '../../../../src/extension/dashboard/group-rows.ts';
import { markRange } from '../../../../src/extension/dashboard/mark-range.ts';
import { usualDurations } from '../../../../src/extension/dashboard/usual-durations.ts';
import { maxGroups } from '../../../../src/protocol/list-messages.ts';
import { maxMarks } from '../../../../src/protocol/mark-messages.ts';
import { at, fakeExecution, fakeHistory, triedTask } from '../../../webview/fake-executions.ts';

const noon = new Date(2026, 5, 15, 12).getTime();
const hour = 3_600_000;

describe('rows in groups', () => {
  const items = [1, 11, 13, 40].map((hoursAgo, index) =>
    fakeExecution(index, 'succeeded', noon - hoursAgo * hour, { agent: index % 2 ? 'a' : 'b' }),
  );

  it('are those of an agent, newest first, agents by name', () => {
    const { items: rows, groups } = groupRows(items, 'agent');
    assert.deepEqual(rows, [items[1], items[3], items[0], items[2]]);
    assert.deepEqual(groups, [
      { name: 'a', count: 2 },
      { name: 'b', count: 2 },
    ]);
  });

  it('are those of a day from midnight to midnight', () => {
    assert.deepEqual(groupRows(items, 'day'), {
      items,
      groups: [
        { name: '2026-06-15', count: 2 },
        { name: '2026-06-14', count: 1 },
        { name: '2026-06-13', count: 1 },
      ],
    });
  });

  it('are so few that they fit into a message; the last one has all that are left', () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      fakeExecution(index, 'succeeded', noon - index * 24 * hour),
    );
    const { groups } = groupRows(many, 'day');
    assert.equal(groups.length, maxGroups);
    assert.deepEqual(groups.at(-1), { name: '', count: 500 - maxGroups + 1 });
  });
});

describe('groups that are folded', () => {
  const items = fakeHistory(6, noon);
  const groups = [
    { name: 'a', count: 2 },
    { name: 'b', count: 3 },
    { name: '', count: 1 },
  ];

  it('keep their heading and its count, and have no rows', () => {
    const folded = foldGroups({ items, groups }, ['b', 'gone']);
    assert.deepEqual(folded.items, [items[0], items[1], items[5]]);
    assert.deepEqual(folded.groups[1], { name: 'b', count: 3, isFolded: true });
    assert.deepEqual(
      folded.groups.map(({ isFolded }) => isFolded),
      [false, true, false],
    );
  });

  it('cost nothing where there are none', () => {
    assert.equal(foldGroups({ items, groups }, []).items, items);
  });
});

describe('the executions between two', () => {
  const items = fakeHistory(300, noon);
  const key = (index: number): string => items[index]?.key ?? '';

  it('begin at the first named one, both ways', () => {
    const down = markRange(items, { from: key(3), to: key(5) });
    assert.deepEqual(
      down.marks.map((mark) => mark.key),
      [key(3), key(4), key(5)],
    );
    const up = markRange(items, { from: key(5), to: key(3) });
    assert.deepEqual(
      up.marks.map((mark) => mark.key),
      [key(5), key(4), key(3)],
    );
  });

  it('are from the first row on where the first named one is not in the list, and none without an end', () => {
    assert.equal(markRange(items, { from: 'gone', to: key(1) }).total, 2);
    assert.deepEqual(markRange(items, { from: key(1), to: 'gone' }), { marks: [], total: 0 });
  });

  it('are as many as are marked at once, and how many there would be', () => {
    const { marks, total } = markRange(items, { from: null, to: key(299) });
    assert.deepEqual([marks.length, total], [maxMarks, 300]);
  });
});

describe('what a task usually takes', () => {
  const ran = (index: number, tookMs: number, agent = 'release') =>
    fakeExecution(index, 'succeeded', noon - index * hour, {
      agent,
      finishedAt: at(noon),
      tasks: [triedTask('test', 'succeeded', { startMs: noon, endMs: noon + tookMs })],
    });
  const now = fakeExecution(99, 'running', noon, {
    tasks: [triedTask('test', 'running', { startMs: noon, endMs: null })],
  });

  it('is the median of its successes of the same agent, from five on', () => {
    const past = [10, 20, 30, 40, 1000].map((tookMs, index) => ran(index, tookMs));
    assert.deepEqual([...usualDurations(now, [now, ...past])], [['test', 30]]);
    assert.equal(usualDurations(now, [now, ...past.slice(1)]).size, 0);
    const others = past.map((_, index) => ran(index, 5, 'other'));
    assert.equal(usualDurations(now, [now, ...others]).size, 0);
  });

  it('is of no interest when the execution is over', () => {
    const past = [10, 20, 30, 40, 1000, 7].map((tookMs, index) => ran(index, tookMs));
    assert.equal(usualDurations(past[0] ?? now, past).size, 0);
  });
});
