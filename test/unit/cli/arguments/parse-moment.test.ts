import assert from 'node:assert/strict';
import { parseAge, parseMoment } from '../../../../src/cli/arguments/parse-moment.ts';

const nowMs = Date.parse('2026-11-22T14:15:03.000Z');
const moment = (text: string): string => {
  const parsed = parseMoment('--since', text, nowMs);
  return parsed.ok ? parsed.value : parsed.error.message;
};

describe('parseMoment', () => {
  it('takes an age, also one of years', () => {
    assert.equal(moment('90m'), '2026-11-22T12:45:03.000Z');
    assert.equal(moment('1d12h'), '2026-11-21T02:15:03.000Z');
    assert.equal(moment('104w'), '2024-11-24T14:15:03.000Z');
  });

  it('takes a time with its zone, and a date where it begins here', () => {
    assert.equal(moment('2026-11-22T10:00Z'), '2026-11-22T10:00:00.000Z');
    assert.equal(moment('2026-11-20'), new Date(2026, 10, 20).toISOString());
  });

  for (const text of [
    '',
    'yesterday',
    '2026-13-01',
    '2026-02-31',
    '12',
    '7 d',
    '2026-11-22T99:00',
  ]) {
    it(`refuses "${text}" and says what would be right`, () => {
      assert.equal(
        moment(text),
        `--since needs a date (2026-11-22), a time (2026-11-22T14:00) or an age (36h, 7d), not "${text}"`,
      );
    });
  }
});

describe('parseAge', () => {
  it('knows what is no age', () => {
    assert.deepEqual(['30d', '1w', 'd', '5'].map(parseAge), [
      2_592_000_000,
      604_800_000,
      null,
      null,
    ]);
  });
});
