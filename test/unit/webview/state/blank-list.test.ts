import assert from 'node:assert/strict';
import { blankKey, blankList } from '../../../../src/webview/state/blank-list.ts';
import { rowAt } from '../../../../src/webview/state/list-state.ts';

describe('a blank list', () => {
  const list = blankList({ offset: 20, limit: 5 });

  it('has a row at each place of its window, and at no other', () => {
    const rows = Array.from({ length: 30 }, (_, index) => rowAt(list, index)?.key);
    const places = [20, 21, 22, 23, 24];
    assert.deepEqual(
      rows,
      rows.map((_, index) => (places.includes(index) ? blankKey(index) : undefined)),
    );
  });

  it('has room below its window to be scrolled to', () => {
    assert.ok(list.total >= list.offset + 2 * list.keys.length);
  });

  it('says nothing of what is stored', () => {
    const { stored, agents, groups, counts } = list.facts;
    assert.deepEqual([stored, agents, groups], [0, [], []]);
    assert.ok(Object.values(counts).every((count) => count === 0));
  });
});
