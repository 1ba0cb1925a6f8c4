import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { sha256 } from '../../../src/engine/sha256.ts';

function meant(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

describe('sha256', () => {
  it('is what everybody else calls SHA-256, whatever the length', () => {
    for (let length = 0; length < 300; length += 1) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 197 + length) % 256);
      assert.equal(sha256(bytes), meant(bytes), `${String(length)} bytes`);
    }
  });

  it('is the same on both sides of the length from which Node makes it', () => {
    for (const length of [16_383, 16_384, 16_385, 100_000]) {
      const bytes = Buffer.alloc(length, 'name: build\n');
      assert.equal(sha256(bytes), meant(bytes), `${String(length)} bytes`);
    }
  });

  it('is that of the part, where bytes are a part of others', () => {
    const bytes = Buffer.from('before: {tasks: {}}').subarray(8);
    assert.equal(sha256(bytes), meant(bytes));
  });
});
