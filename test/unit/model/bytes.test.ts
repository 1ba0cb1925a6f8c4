import assert from 'node:assert/strict';
import { formatBytes, parseBytes } from '../../../src/model/bytes.ts';

describe('sizes', () => {
  it('are written with one unit and at most two digits that say something', () => {
    assert.deepEqual(
      [0, 1, 999, 1000, 1449, 9960, 35_400_000, 999_600_000, 2.14e9, 5e12].map(formatBytes),
      [
        '0 bytes',
        '1 byte',
        '999 bytes',
        '1 KB',
        '1.4 KB',
        '10 KB',
        '35 MB',
        '1 GB',
        '2.1 GB',
        '5 TB',
      ],
    );
  });

  it('are read in the ways that people write them', () => {
    assert.deepEqual(
      ['800', '500MB', '2 gb', '1.5g', '1KB', '', 'MB', '-1', '5 XB'].map(parseBytes),
      [800, 500_000_000, 2_000_000_000, 1_500_000_000, 1000, null, null, null, null],
    );
  });
});
