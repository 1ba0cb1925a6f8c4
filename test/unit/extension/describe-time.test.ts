import assert from 'node:assert/strict';
import { describeMoment, describeSpan, joinParts } from '../../../src/extension/describe-time.ts';

describe('describeMoment', () => {
  it('is the time alone on the same day', () => {
    const at = new Date(2026, 10, 22, 14, 5);
    assert.equal(describeMoment(at.toISOString(), new Date(2026, 10, 22, 23)), '14:05');
  });

  it('names the day of another day', () => {
    const at = new Date(2026, 10, 21, 14, 5);
    assert.equal(describeMoment(at.toISOString(), new Date(2026, 10, 22, 0, 1)), 'Nov 21, 14:05');
  });

  it('names the year of another year', () => {
    const at = new Date(2025, 0, 2, 3, 4);
    assert.equal(describeMoment(at.toISOString(), new Date(2026, 0, 2)), 'Jan 2 2025, 03:04');
  });

  it('is empty for what is no time', () => {
    assert.equal(describeMoment('yesterday', new Date()), '');
  });
});

describe('describeSpan', () => {
  it('has a tenth of a second below ten seconds and whole ones from there', () => {
    assert.equal(describeSpan('2026-11-22T14:15:03.000Z', '2026-11-22T14:15:05.440Z'), '2.4 s');
    assert.equal(describeSpan('2026-11-22T14:15:03.000Z', '2026-11-22T14:15:15.440Z'), '12 s');
  });

  it('is empty for what did not start or did not end', () => {
    assert.equal(describeSpan(null, '2026-11-22T14:15:05.440Z'), '');
    assert.equal(describeSpan('2026-11-22T14:15:05.440Z', null), '');
  });
});

describe('joinParts', () => {
  it('leaves out what is empty', () => {
    assert.equal(joinParts('a', '', null, 'b'), 'a · b');
  });
});
