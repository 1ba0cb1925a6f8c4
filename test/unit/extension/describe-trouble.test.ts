import assert from 'node:assert/strict';
import { describeTrouble } from '../../../src/extension/describe-trouble.ts';

describe('describeTrouble', () => {
  it('makes sentences of a message and a hint', () => {
    const trouble = { message: 'the secret TOKEN has no value', hint: 'store it in the editor' };
    assert.equal(
      describeTrouble(trouble),
      'The secret TOKEN has no value. Store it in the editor.',
    );
  });

  it('leaves whole sentences as they are', () => {
    assert.equal(describeTrouble({ message: 'Nothing runs.' }), 'Nothing runs.');
  });
});
