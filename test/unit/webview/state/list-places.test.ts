import assert from 'node:assert/strict';
import {
  atPlace,
  headingOfRow,
  placeOfHeading,
  placeOfRow,
  startsOf,
} from '../../../../src/webview/state/list-places.ts';

// Two rows, a folded group, three rows, an empty end.
const groups = [
  { count: 2, isFolded: false },
  { count: 7, isFolded: true },
  { count: 3, isFolded: false },
  { count: 4, isFolded: true },
];
const starts = startsOf(groups);

describe('places of a list with headings', () => {
  it('are those of headings and rows as they stand below each other', () => {
    assert.deepEqual(starts, [0, 2, 2, 5]);
    const walk = Array.from({ length: 9 }, (_, place) => atPlace(starts, place));
    assert.deepEqual(
      walk.map((found) => (found.kind === 'heading' ? `heading ${String(found.at)}` : found.index)),
      ['heading 0', 0, 1, 'heading 1', 'heading 2', 2, 3, 4, 'heading 3'],
    );
  });

  it('lead back from a heading and from a row', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((at) => placeOfHeading(starts, at)),
      [0, 3, 4, 8],
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((index) => placeOfRow(starts, index)),
      [1, 2, 5, 6, 7],
    );
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((index) => headingOfRow(starts, index)),
      [0, 0, 2, 2, 2],
    );
  });

  it('are the numbers of the rows where there are no headings', () => {
    assert.deepEqual(atPlace([], 5), { kind: 'row', index: 5 });
    assert.equal(placeOfRow([], 5), 5);
    assert.equal(headingOfRow([], 5), -1);
  });
});
