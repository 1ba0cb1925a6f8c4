import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  executionIdAt,
  executionIdPattern,
  executionSuffix,
  logNameOf,
  suffixesPerMs,
} from '../../../src/model/ids.ts';

describe('ids', () => {
  it('an execution id is its creation time in UTC and the random part', () => {
    const id = executionIdAt(new Date('2026-11-22T14:15:03.999Z'), '7f3a');
    assert.equal(id, '20261122-141503-7f3a');
    assert.match(id, executionIdPattern);
  });

  it('ids of one second sort by the millisecond', () => {
    const times = [0, 1, 9, 500, 998, 999].map(
      (ms) => new Date(Date.UTC(2026, 10, 22, 1, 2, 3, ms)),
    );
    const ids = times.flatMap((time) =>
      [0, suffixesPerMs - 1].map((choice) => executionIdAt(time, executionSuffix(time, choice))),
    );
    assert.deepEqual([...new Set(ids)].sort(), ids);
    for (const id of ids) assert.match(id, executionIdPattern);
  });

  it('a plain task keeps its name in its log file', () => {
    assert.equal(logNameOf('lint'), 'lint');
  });

  it('names that differ only in case, or are reserved, or hold other characters get a hash', () => {
    assert.notEqual(logNameOf('Build').toLowerCase(), logNameOf('build').toLowerCase());
    assert.match(logNameOf('con'), /^con\.[0-9a-f]{16}$/);
    assert.match(logNameOf('build (linux, 20)'), /^build-linux-20\.[0-9a-f]{16}$/);
  });

  it('different tasks never share a file name, also where case is ignored, and every name is legal everywhere', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        if (a !== b) assert.notEqual(logNameOf(a).toLowerCase(), logNameOf(b).toLowerCase());
        assert.match(logNameOf(a), /^[A-Za-z0-9_.-]{1,100}$/);
      }),
    );
  });
});
