import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createSecretMask,
  maskText,
  secretWords,
} from '../../../../src/engine/run/mask-secrets.ts';

/** Masks a text that arrives in pieces, cut at these places. */
function maskInPieces(text: string, words: readonly string[], cuts: readonly number[]): string {
  const mask = createSecretMask(words);
  const bytes = Buffer.from(text);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b)];
  const parts = places.map((start, index) => mask.push(bytes.subarray(start, places[index + 1])));
  return Buffer.concat([...parts, mask.end()]).toString();
}

describe('the mask over secrets', () => {
  it('hides secrets however the text is cut into pieces', () => {
    const letters = fc.constantFrom('a', 'b', 'c', 'ä');
    const text = fc.array(letters, { maxLength: 40 }).map((all) => all.join(''));
    const word = fc.array(letters, { minLength: 2, maxLength: 4 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        text,
        fc.uniqueArray(word, { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (whole, words, cuts) => {
          const masked = maskInPieces(whole, words, cuts);
          assert.equal(masked, maskInPieces(whole, words, []));
          for (const one of words) assert.equal(masked.includes(one), false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('makes one mark of secrets that overlap, and two of neighbours', () => {
    assert.equal(maskText('xabcbcdx', ['abc', 'bcd']), 'x******x');
    assert.equal(maskText('xabcdx', ['abc', 'bcd']), 'x***x');
    assert.equal(maskText('aaaaa', ['aa']), '***');
  });

  it('keeps nothing back that cannot be the beginning of a secret', () => {
    const mask = createSecretMask(['secret']);
    assert.equal(Buffer.from(mask.push(Buffer.from('a line\n'))).toString(), 'a line\n');
    assert.equal(Buffer.from(mask.push(Buffer.from('a sec'))).toString(), 'a ');
    assert.equal(Buffer.from(mask.push(Buffer.from('ond\n'))).toString(), 'second\n');
  });

  it('hides every line of a value of several lines, and nothing that is too short to be one', () => {
    assert.deepEqual(secretWords(['line one\nx\nline two', '', '  ', 'x']), [
      'line one\nx\nline two',
      'line one',
      'line two',
    ]);
  });
});
