import assert from 'node:assert/strict';
import fc from 'fast-check';
import { count, flag, listOf, nullable, oneOf, shape, text } from '../../../src/protocol/guard.ts';
import { toHostGuards, toWebviewGuards } from '../../../src/protocol/messages.ts';

describe('guards', () => {
  it('text has a longest length', () => {
    assert.equal(text(3)('abc'), true);
    assert.equal(text(3)('abcd'), false);
    assert.equal(text(3)(3), false);
  });

  it('a count is a whole number that is not negative and not too big', () => {
    assert.deepEqual([0, 5, 6, -1, 0.5, NaN, Infinity, '1'].map(count(5)), [
      true,
      true,
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('a list has a longest length, and every item counts', () => {
    const guard = listOf(count(), 2);
    assert.deepEqual([[], [1, 2], [1, 2, 3], [1, 'x'], { length: 0 }].map(guard), [
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('a shape has all of its fields and no others', () => {
    const guard = shape<{ a: number; b: boolean | null }>({ a: count(), b: nullable(flag) });
    assert.equal(guard({ a: 1, b: null }), true);
    assert.equal(guard({ a: 1 }), false);
    assert.equal(guard({ a: 1, b: true, c: 1 }), false);
    assert.equal(guard(Object.create({ a: 1, b: true })), false);
    assert.equal(guard(null), false);
    assert.equal(guard([]), false);
  });

  it('one of the words is meant exactly', () => {
    assert.deepEqual(['a', 'A', 'toString', null].map(oneOf(['a', 'b'])), [
      true,
      false,
      false,
      false,
    ]);
  });

  it('no guard of a message ever throws, whatever comes', () => {
    const guards = [...Object.values(toHostGuards), ...Object.values(toWebviewGuards)];
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withSparseArray: true }), (value) => {
        for (const guard of guards) assert.equal(typeof guard.body(value), 'boolean');
      }),
    );
  });
});
