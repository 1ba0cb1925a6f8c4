import assert from 'node:assert/strict';
import { groupVerdicts } from '../../../../src/extension/dashboard/execution-facts.ts';
import { jsonBytes } from '../../../../src/extension/dashboard/fit-text.ts';
import { ListDiff } from '../../../../src/extension/dashboard/list-diff.ts';
import { pageList } from '../../../../src/extension/dashboard/list-page.ts';
import type { FolderExecution } from '../../../../src/extension/dashboard/dashboard-host.ts';
import type { StuckVerdict } from '../../../../src/model/execution.ts';
import { isListChange, isListWindow } from '../../../../src/protocol/list-messages.ts';
import type { ListRequest } from '../../../../src/protocol/list-messages.ts';
import { fakeExecution, fakeHistory } from '../../../webview/fake-executions.ts';

const nowMs = 1_800_000_000_000;
const everything: ListRequest = {
  filter: 'all',
  query: '',
  agent: null,
  group: 'none',
  folded: [],
  sinceMs: null,
  untilMs: null,
  offset: 0,
  limit: 10,
};
const nobody = groupVerdicts([]);

function page(
  items: readonly FolderExecution[],
  request: Partial<ListRequest> = {},
  stuck = nobody,
) {
  return pageList(items, stuck, { ...everything, ...request }, new WeakMap());
}

function ids(items: readonly FolderExecution[]): readonly string[] {
  return items.map(({ execution }) => execution.id.slice(-4));
}

function verdict(item: FolderExecution): StuckVerdict {
  return {
    kind: 'silent-task',
    execution: item.execution.id,
    task: 'test',
    since: '2026-11-22T14:15:03.123Z',
    evidence: 'no output',
  };
}

describe('a page of the list', () => {
  const items = [
    fakeExecution(1, 'running', nowMs, { inputs: { version: '2.4.0' } }),
    fakeExecution(2, 'waiting', nowMs),
    fakeExecution(3, 'failed', nowMs, { message: 'Disk is full' }),
    fakeExecution(4, 'interrupted', nowMs, { agent: 'hello', name: 'Hello' }),
    fakeExecution(5, 'succeeded', nowMs, { agent: 'hello', name: 'Hello' }),
    fakeExecution(6, 'cancelled', nowMs),
    fakeExecution(7, 'queued', nowMs),
  ];

  it('counts what every filter would show, and interrupted ones as failed', () => {
    assert.deepEqual(page(items).facts.counts, {
      all: 7,
      running: 2,
      waiting: 1,
      stuck: 0,
      failed: 2,
      succeeded: 1,
      cancelled: 1,
    });
  });

  it('shows what the filter names, and still counts the others', () => {
    const failed = page(items, { filter: 'failed' });
    assert.deepEqual(ids(failed.items), ['0003', '0004']);
    assert.equal(failed.facts.counts.all, 7);
  });

  it('a stuck execution is found as stuck and as running', () => {
    const stuck = groupVerdicts([verdict(items[0]!)]);
    assert.deepEqual(ids(page(items, { filter: 'stuck' }, stuck).items), ['0001']);
    assert.deepEqual(ids(page(items, { filter: 'running' }, stuck).items), ['0001', '0007']);
  });

  it('searches all words in name, agent, message, inputs and id, in any case', () => {
    assert.deepEqual(ids(page(items, { query: 'disk FULL' }).items), ['0003']);
    assert.deepEqual(ids(page(items, { query: 'version=2.4' }).items), ['0001']);
    assert.deepEqual(ids(page(items, { query: 'hello succeeded' }).items), ['0005']);
    assert.deepEqual(ids(page(items, { query: 'nowhere' }).items), []);
  });

  it('counts what is not over, whatever the state, the words and the days', () => {
    const live = [
      fakeExecution(1, 'running', nowMs, { agent: 'hello' }),
      fakeExecution(2, 'queued', nowMs, { agent: 'hello' }),
      fakeExecution(3, 'waiting', nowMs, { agent: 'other' }),
      fakeExecution(4, 'succeeded', nowMs, { agent: 'hello' }),
    ];
    const [first] = live;
    assert.ok(first);
    const stuck = groupVerdicts([verdict(first)]);
    const request = { filter: 'failed', query: 'nowhere', sinceMs: nowMs + 1 } as const;
    const counted = (change: Partial<ListRequest>): unknown =>
      page(live, { ...request, ...change }, stuck).facts.live;
    assert.deepEqual(counted({}), { running: 2, waiting: 1, stuck: 1 });
    assert.deepEqual(counted({ agent: 'other' }), { running: 0, waiting: 1, stuck: 0 });
  });

  it('an agent narrows the counts too', () => {
    const hello = page(items, { agent: 'hello' });
    assert.equal(hello.facts.counts.all, 2);
    assert.deepEqual(hello.facts.agents, ['hello', 'release']);
    assert.equal(hello.facts.stored, 7);
  });

  it('an offset behind the end is moved back', () => {
    assert.deepEqual(ids(page(items, { offset: 100, limit: 3 }).items), ['0005', '0006', '0007']);
    assert.equal(page(items, { offset: 100, limit: 3 }).offset, 4);
  });
});

describe('what the webview lacks of the list', () => {
  const history = fakeHistory(30, nowMs);

  it('a window is well-formed and within its budget; the rest follows', () => {
    const diff = new ListDiff();
    const whole = page(history, { limit: 30 });
    const first = diff.open(whole, nobody, 4000);
    assert.ok(isListWindow(first));
    assert.ok(jsonBytes(first) <= 4200);
    assert.ok(first.rows.length < 30);
    const seen = first.rows.map(({ key }) => key);
    for (let turn = 0; turn < 20; turn += 1) {
      const next = diff.changes(whole, nobody, 2000);
      if (next === null) break;
      assert.ok(isListChange(next.change));
      assert.equal(next.change.keys, null);
      seen.push(...next.change.rows.map(({ key }) => key));
    }
    assert.deepEqual(
      seen,
      history.map(({ key }) => key),
    );
  });

  it('nothing changed: nothing to send', () => {
    const diff = new ListDiff();
    diff.open(page(history), nobody, 15_000);
    assert.equal(diff.changes(page(history), nobody, 15_000), null);
  });

  it('one changed execution is one row', () => {
    const diff = new ListDiff();
    diff.open(page(history), nobody, 15_000);
    const changed = history.map((item, index) =>
      index === 3 ? { ...item, execution: { ...item.execution, name: 'New' } } : item,
    );
    const found = diff.changes(page(changed), nobody, 15_000);
    assert.deepEqual(
      found?.change.rows.map(({ name }) => name),
      ['New'],
    );
    assert.deepEqual([found.change.keys, found.change.facts], [null, null]);
  });

  it('what a row does not show is nothing to send', () => {
    const diff = new ListDiff();
    diff.open(page(history), nobody, 15_000);
    const noted = history.map((item) => ({
      ...item,
      execution: { ...item.execution, seq: item.execution.seq + 1 },
    }));
    assert.equal(diff.changes(page(noted), nobody, 15_000), null);
  });

  it('a change outside of the window is not sent', () => {
    const diff = new ListDiff();
    diff.open(page(history), nobody, 15_000);
    const changed = history.map((item, index) =>
      index === 20 ? { ...item, execution: { ...item.execution, name: 'New' } } : item,
    );
    assert.equal(diff.changes(page(changed), nobody, 15_000), null);
  });

  it('a new execution moves the keys and sends its own row alone', () => {
    const diff = new ListDiff();
    diff.open(page(history), nobody, 15_000);
    const item = fakeExecution(0xffff, 'running', nowMs);
    const found = diff.changes(page([item, ...history]), nobody, 15_000);
    assert.deepEqual(
      found?.change.rows.map(({ key }) => key),
      [item.key],
    );
    assert.equal(found.change.keys?.[0], item.key);
    assert.equal(found.change.facts?.stored, 31);
  });

  it('a verdict changes the row of its execution', () => {
    const diff = new ListDiff();
    diff.open(page(history), nobody, 15_000);
    const stuck = groupVerdicts([verdict(history[2]!)]);
    const found = diff.changes(page(history, {}, stuck), stuck, 15_000);
    assert.deepEqual(
      found?.change.rows.map(({ key, isStuck }) => [key, isStuck]),
      [[history[2]?.key, true]],
    );
  });

  it('a row with the longest texts there are is still well-formed', () => {
    const long = 'ä'.repeat(5000);
    const item = fakeExecution(1, 'failed', nowMs, { name: long, agent: long, message: long });
    const window = new ListDiff().open(page([item]), nobody, 15_000);
    assert.ok(isListWindow(window));
  });
});
