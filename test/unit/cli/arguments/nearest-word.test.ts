import assert from 'node:assert/strict';
import { didYouMean } from '../../../../src/cli/arguments/nearest-word.ts';

describe('didYouMean', () => {
  it('names the word that is near', () => {
    assert.equal(didYouMean('helo', ['hello', 'stuck']), '; did you mean "hello"?');
  });

  it('names the only word that begins so', () => {
    assert.equal(didYouMean('rel', ['release-check', 'stuck']), '; did you mean "release-check"?');
  });

  it('says nothing when no word is near', () => {
    assert.equal(didYouMean('backup', ['hello', 'stuck']), '');
  });
});
