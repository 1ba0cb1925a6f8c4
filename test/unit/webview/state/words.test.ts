import assert from 'node:assert/strict';
import { formatDifference } from '../../../../src/webview/compare/format-difference.ts';
import { describePace } from '../../../../src/webview/state/describe-pace.ts';
import { formatGroup } from '../../../../src/webview/state/format-group.ts';

describe('the difference of two durations', () => {
  it('has a sign, and a factor where that says more than chance', () => {
    assert.equal(formatDifference(10_000, 32_000), '+22 s (3.2 ×)');
    assert.equal(formatDifference(60_000, 30_000), '−30 s (0.5 ×)');
    assert.equal(formatDifference(10_000, 11_000), '+1 s');
    assert.equal(formatDifference(5, 50), '+45 ms');
    assert.equal(formatDifference(100, 104), '±0');
    assert.equal(formatDifference(null, 100), '');
  });
});

describe('the pace of a task', () => {
  it('is slow from one and a half times on, but not for a few seconds', () => {
    assert.deepEqual(describePace(32_000, 10_000), {
      words: '3.2 × slower than usual (10 s)',
      isSlow: true,
    });
    assert.deepEqual(describePace(14_000, 10_000), { words: 'usually 10 s', isSlow: false });
    assert.equal(describePace(2000, 100).isSlow, false);
  });
});

describe('the heading of a group', () => {
  it('is the agent, or the day in words', () => {
    const nowMs = new Date(2026, 5, 15, 12).getTime();
    assert.equal(formatGroup('ops/backup', 'agent', nowMs), 'ops/backup');
    assert.match(formatGroup('2026-06-15', 'day', nowMs), /^Today, /);
    assert.match(formatGroup('2026-06-14', 'day', nowMs), /^Yesterday, /);
    assert.match(formatGroup('2025-06-14', 'day', nowMs), /2025/);
    assert.equal(formatGroup('', 'day', nowMs), 'Earlier');
    assert.equal(formatGroup('', 'agent', nowMs), 'Other agents');
  });
});
