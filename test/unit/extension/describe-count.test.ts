import assert from 'node:assert/strict';
import { describeCount } from '../../../src/extension/describe-count.ts';
import { translateBy } from '../../../src/model/translate.ts';

describe('describeCount', () => {
  it('sets thousands apart', () => {
    assert.deepEqual(
      [0, 999, 1000, 12_045, 1_000_007].map((count) => describeCount(count)),
      ['0', '999', '1,000', '12,045', '1,000,007'],
    );
  });

  it('does so as the language does', () => {
    assert.equal(describeCount(1_234_567, translateBy({ '{0},{1}': '{0}.{1}' })), '1.234.567');
  });
});
