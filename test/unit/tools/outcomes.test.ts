import assert from 'node:assert/strict';
import {
  countOutcomes,
  failedFiles,
  isWorthAnotherTry,
  type Outcome,
} from '../../host/outcomes.ts';

const outcome = (title: string, state: Outcome['state']): Outcome => ({
  title,
  state,
  file: 'a.e2e.ts',
  trouble: state === 'failed' ? 'Error: no' : '',
  isHook: false,
});
const hook = (title: string): Outcome => ({ ...outcome(title, 'failed'), isHook: true });

describe('tests that are tried once more', () => {
  it('count once, as flaky, when they pass then', () => {
    const first = [outcome('one', 'passed'), outcome('two', 'failed'), outcome('three', 'skipped')];
    const again = [outcome('one', 'passed'), outcome('two', 'passed'), outcome('three', 'skipped')];
    assert.deepEqual(countOutcomes(first, again), {
      passed: 2,
      failed: 0,
      skipped: 1,
      failures: [],
      flaky: ['two\nError: no'],
    });
  });

  it('have failed when they fail again, or do not come to run', () => {
    const first = [outcome('one', 'failed'), outcome('two', 'failed')];
    const counts = countOutcomes(first, [outcome('one', 'failed')]);
    assert.equal(counts.failed, 2);
    assert.deepEqual(counts.failures, ['one\nError: no', 'two\nError: no']);
    assert.deepEqual(counts.flaky, []);
  });

  it('are flaky too when they passed first and fail now', () => {
    const first = [outcome('one', 'passed'), outcome('two', 'failed')];
    const again = [outcome('one', 'failed'), outcome('two', 'passed')];
    const { passed, failed, flaky } = countOutcomes(first, again);
    assert.deepEqual([passed, failed, flaky.length], [2, 0, 2]);
  });

  it('count by the second run where a hook kept them from running in the first', () => {
    const first = [hook('"before all" hook')];
    const again = [outcome('one', 'passed'), outcome('two', 'failed')];
    assert.deepEqual(countOutcomes(first, again), {
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: ['two\nError: no'],
      flaky: ['"before all" hook\nError: no'],
    });
  });

  it('have failed with a hook that fails in both runs', () => {
    const { passed, failed } = countOutcomes([hook('before')], [hook('before')]);
    assert.deepEqual([passed, failed], [0, 1]);
  });

  it('have failed for good when there was no second run', () => {
    assert.equal(countOutcomes([outcome('one', 'failed'), hook('before')]).failed, 2);
  });

  it('may have the same title', () => {
    const twice = [outcome('one', 'passed'), outcome('one', 'failed')];
    assert.deepEqual(countOutcomes(twice, twice), {
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: ['one\nError: no'],
      flaky: [],
    });
  });
});

describe('another try', () => {
  const strict = process.env['AGENT_EXECUTOR_STRICT'];
  beforeEach(() => delete process.env['AGENT_EXECUTOR_STRICT']);
  after(() => {
    if (strict !== undefined) process.env['AGENT_EXECUTOR_STRICT'] = strict;
  });

  it('is for the files in which something failed', () => {
    const other = { ...outcome('three', 'failed'), file: 'b.e2e.ts' };
    const outcomes = [outcome('one', 'failed'), hook('two'), outcome('four', 'passed'), other];
    assert.deepEqual(failedFiles(outcomes), ['a.e2e.ts', 'b.e2e.ts']);
  });

  it('is not for what fails all over, nor for those who hunt flaky tests', () => {
    assert.equal(isWorthAnotherTry([]), false);
    assert.equal(isWorthAnotherTry(['a']), true);
    assert.equal(isWorthAnotherTry(['a', 'b', 'c', 'd']), false);
    process.env['AGENT_EXECUTOR_STRICT'] = '1';
    assert.equal(isWorthAnotherTry(['a']), false);
    delete process.env['AGENT_EXECUTOR_STRICT'];
  });
});
