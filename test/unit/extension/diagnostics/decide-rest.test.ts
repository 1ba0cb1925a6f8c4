import assert from 'node:assert/strict';
import { decideRestMs } from '../../../../src/extension/diagnostics/decide-rest.ts';

describe('the rest before a file is checked', () => {
  it('is short where checking is quick, and leaves room for other work where it is not', () => {
    assert.deepEqual([0, 4, 20, 60, 1000].map(decideRestMs), [25, 25, 60, 180, 250]);
  });
});
