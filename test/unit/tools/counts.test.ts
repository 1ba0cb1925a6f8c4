import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  addCounts,
  describeCounts,
  noCounts,
  readCounts,
  stageCounts,
} from '../../../scripts/counts.mjs';

describe('the counts of npm test', () => {
  const counts = { passed: 7, failed: 1, skipped: 2, failures: ['a'], flaky: ['b'] };

  it('are said in a line that ends with what was skipped and what was flaky', () => {
    assert.equal(describeCounts(noCounts), '0 passed, 0 failed');
    assert.equal(
      describeCounts({ ...noCounts, passed: 3, skipped: 1 }),
      '3 passed, 0 failed, 1 skipped',
    );
    assert.equal(describeCounts(counts), '7 passed, 1 failed, 2 skipped, 1 flaky');
  });

  it('are added up with what they tell', () => {
    const other = { passed: 1, failed: 0, skipped: 0, failures: [], flaky: ['c'] };
    assert.deepEqual(addCounts(counts, other), {
      passed: 8,
      failed: 1,
      skipped: 2,
      failures: ['a'],
      flaky: ['b', 'c'],
    });
  });

  it('of a stage that ended badly have a failure, whatever it wrote', () => {
    assert.equal(stageCounts({ ...noCounts, passed: 5 }, false).failed, 1);
    assert.equal(stageCounts(counts, false).failed, 1);
    assert.equal(stageCounts({ ...noCounts, passed: 5 }, true).failed, 0);
  });

  it('of a stage that wrote nothing are those of one test', () => {
    assert.equal(describeCounts(stageCounts(undefined, true)), '1 passed, 0 failed');
    assert.equal(describeCounts(stageCounts(undefined, false)), '0 passed, 1 failed');
  });

  describe('in a file', () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'agent-executor-counts-'));
    });
    after(() => rmSync(folder, { recursive: true }));
    const read = (text: string): ReturnType<typeof readCounts> => {
      const file = path.join(folder, 'counts.json');
      writeFileSync(file, text);
      return readCounts(file);
    };

    it('may say nothing of failures and of what is flaky', () => {
      const written = '{"passed":2,"failed":0,"skipped":1}';
      assert.deepEqual(read(written), { ...noCounts, passed: 2, skipped: 1 });
    });

    it('that are no counts are as if there were none', () => {
      for (const text of ['', 'null', '{"passed":2}', '{"passed":-1,"failed":0,"skipped":0}']) {
        assert.equal(read(text), undefined, text);
      }
      assert.equal(readCounts(path.join(folder, 'nothing.json')), undefined);
    });
  });
});
