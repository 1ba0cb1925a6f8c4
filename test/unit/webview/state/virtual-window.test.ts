import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  headingHeight,
  moveByKey,
  rowAtHeight,
  scrollToRow,
  topOfRow,
  totalHeight,
  visibleRange,
  windowFor,
} from '../../../../src/webview/state/virtual-window.ts';

const viewport = { scrollTop: 0, height: 460, rowHeight: 46, total: 1000 };

describe('the window on a long list', () => {
  it('has the rows on the screen and a few around', () => {
    assert.deepEqual(visibleRange(viewport, 6), { first: 0, end: 17 });
    assert.deepEqual(visibleRange({ ...viewport, scrollTop: 4600 }, 6), { first: 94, end: 117 });
  });

  it('ends with the list', () => {
    assert.deepEqual(visibleRange({ ...viewport, total: 3 }, 6), { first: 0, end: 3 });
    assert.deepEqual(visibleRange({ ...viewport, total: 0 }, 6), { first: 0, end: 0 });
  });

  it('is asked for only when rows are missing, and then with the range in its middle', () => {
    const present = { offset: 0, length: 40 };
    assert.equal(windowFor({ first: 10, end: 30 }, present, 1000, 40), null);
    assert.deepEqual(windowFor({ first: 30, end: 50 }, present, 1000, 40), {
      offset: 20,
      limit: 40,
    });
    assert.deepEqual(windowFor({ first: 980, end: 1000 }, present, 1000, 40), {
      offset: 960,
      limit: 40,
    });
  });

  it('always has the range that it was asked for', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(40), fc.nat(5000), (first, length, total) => {
        const range = { first: Math.min(first, total), end: Math.min(first + length, total) };
        const wanted = windowFor(range, { offset: 0, length: 0 }, total, 48);
        if (wanted === null) return;
        assert.ok(wanted.offset >= 0 && wanted.offset <= range.first);
        assert.ok(wanted.offset + wanted.limit >= range.end);
      }),
    );
  });

  it('scrolls no further than it has to', () => {
    assert.equal(scrollToRow(viewport, 5), 0);
    assert.equal(scrollToRow(viewport, 10), 46);
    assert.equal(scrollToRow({ ...viewport, scrollTop: 500 }, 3), 138);
  });

  it('is moved by keys, and stops at both ends', () => {
    const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End', 'x'];
    assert.deepEqual(
      keys.map((key) => moveByKey(key, 20, viewport)),
      [21, 19, 29, 11, 0, 999, null],
    );
    assert.deepEqual(
      ['ArrowDown', 'PageDown'].map((key) => moveByKey(key, 999, viewport)),
      [999, 999],
    );
    assert.equal(moveByKey('ArrowUp', 0, viewport), 0);
    assert.equal(moveByKey('End', 0, { ...viewport, total: 0 }), null);
  });
});

describe('a list with headings', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 });
  const layoutOf = (groups: readonly number[]) => {
    let next = 0;
    const starts = groups.map((size) => {
      next += size;
      return next - size;
    });
    return { rowHeight: 46, starts, total: next };
  };

  it('has every row below the one before, and a heading above the first of each group', () => {
    fc.assert(
      fc.property(sizes, (groups) => {
        const layout = layoutOf(groups);
        let top = 0;
        for (let row = 0; row < layout.total; row += 1) {
          if (layout.starts.includes(row)) top += headingHeight;
          assert.equal(topOfRow(layout, row), top);
          top += layout.rowHeight;
        }
        assert.equal(totalHeight(layout), top);
      }),
    );
  });

  it('finds at every height the row that is there, or the one below its heading', () => {
    fc.assert(
      fc.property(sizes, fc.nat(60_000), (groups, height) => {
        const layout = layoutOf(groups);
        const wanted = Math.min(height, totalHeight(layout) - 1);
        const row = rowAtHeight(layout, wanted);
        const heading = layout.starts.includes(row) ? headingHeight : 0;
        assert.ok(topOfRow(layout, row) - heading <= wanted);
        assert.ok(wanted < topOfRow(layout, row) + layout.rowHeight);
      }),
    );
  });

  it('brings the first row of a group on the screen with its heading', () => {
    const layout = { ...layoutOf([10, 10]), height: 200, scrollTop: 600 };
    assert.equal(scrollToRow(layout, 10), topOfRow(layout, 10) - headingHeight);
  });
});
