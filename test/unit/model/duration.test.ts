import assert from 'node:assert/strict';
import { formatDuration, parseDuration } from '../../../src/model/duration.ts';

describe('durations', () => {
  const good: readonly (readonly [string, number])[] = [
    ['500ms', 500],
    ['10s', 10_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1500],
    ['2d', 172_800_000],
  ];
  for (const [text, expected] of good) {
    it(`reads ${text}`, () => {
      assert.deepEqual(parseDuration(text), { ok: true, value: expected });
    });
  }

  for (const text of ['', '10', 's', '-1s', '1 h', '1x', '1e3s', '30d']) {
    it(`refuses "${text}" with an example of what is right`, () => {
      const parsed = parseDuration(text);
      assert.ok(!parsed.ok);
      assert.match(parsed.error.message, /for example|longest/);
    });
  }

  const words: readonly (readonly [number, string])[] = [
    [0, '0 ms'],
    [999.4, '999 ms'],
    [1000, '1 s'],
    [4230, '4.2 s'],
    [59_990, '1 m'],
    [130_000, '2 m 10 s'],
    [3_600_000, '1 h'],
    [3_900_000, '1 h 5 m'],
    [273_600_000, '3 d 4 h'],
  ];
  for (const [ms, expected] of words) {
    it(`writes ${String(ms)} ms as ${expected}`, () => {
      assert.equal(formatDuration(ms), expected);
    });
  }
});
