import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sha256 } from '../../../src/engine/sha256.ts';

/** Bytes without a pattern, the same each time. */
function someBytes(length: number): Buffer {
  let seed = length;
  return Buffer.from(
    Array.from({ length }, () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed >> 16;
    }),
  );
}

describe('sha256', () => {
  it('is the known one of the empty text and of "abc"', () => {
    assert.equal(
      sha256(Buffer.alloc(0)),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    assert.equal(
      sha256(Buffer.from('abc')),
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('is what Node says of every length around the borders of its blocks, and of long texts', () => {
    const lengths = [...Array(200).keys(), 1000, 4095, 12_287, 12_288, 12_289, 50_000];
    for (const length of lengths) {
      const bytes = someBytes(length);
      const expected = createHash('sha256').update(bytes).digest('hex');
      assert.equal(sha256(bytes), expected, `${String(length)} bytes`);
    }
  });

  it('reads a part of a larger buffer from its own start', () => {
    const bytes = someBytes(300);
    assert.equal(sha256(bytes.subarray(70, 190)), sha256(Buffer.from(bytes.subarray(70, 190))));
  });
});
