import assert from 'node:assert/strict';
import { inEnglish } from '../../../src/model/translate.ts';

describe('inEnglish', () => {
  it('puts the arguments where their numbers stand', () => {
    assert.equal(inEnglish('{1} of {0}', 3, 'two'), 'two of 3');
  });

  it('leaves alone what no argument is for, and what arguments bring along', () => {
    assert.equal(inEnglish('{0} {2}', '{1}', 'x'), '{1} {2}');
  });
});
