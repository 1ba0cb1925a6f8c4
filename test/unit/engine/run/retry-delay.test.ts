import assert from 'node:assert/strict';
import { mayRetry, retryDelayMs } from '../../../../src/engine/run/retry-delay.ts';
import type { RetrySpec } from '../../../../src/model/workflow.ts';

const retry: RetrySpec = {
  max: 3,
  delayMs: 1000,
  backoff: 'exponential',
  factor: 2,
  maxDelayMs: 60_000,
  jitter: false,
  on: null,
};

describe('the wait before another attempt', () => {
  it('grows by the factor up to the limit', () => {
    const delays = [1, 2, 3, 7, 2000].map((failed) => retryDelayMs(retry, failed, Math.random));
    assert.deepEqual(delays, [1000, 2000, 4000, 60_000, 60_000]);
  });

  it('stays the same without backoff', () => {
    assert.equal(retryDelayMs({ ...retry, backoff: 'constant' }, 5, Math.random), 1000);
  });

  it('is between half and all of it with jitter', () => {
    const jittered = { ...retry, jitter: true };
    assert.equal(
      retryDelayMs(jittered, 1, () => 0),
      1000,
    );
    assert.equal(
      retryDelayMs(jittered, 1, () => 1),
      500,
    );
  });
});

describe('whether another attempt follows', () => {
  const exit = { reason: 'exit' as const, exitCode: 137 };

  it('ends after the extra attempts', () => {
    assert.deepEqual(
      [1, 3, 4].map((failed) => mayRetry(retry, failed, exit)),
      [true, true, false],
    );
  });

  it('looks at the reason and the exit code that `on` names', () => {
    assert.equal(mayRetry({ ...retry, on: ['timeout', 137] }, 1, exit), true);
    assert.equal(mayRetry({ ...retry, on: ['timeout', 1] }, 1, exit), false);
    const timeout = { reason: 'timeout' as const, exitCode: null };
    assert.equal(mayRetry({ ...retry, on: ['timeout', 1] }, 1, timeout), true);
  });
});
