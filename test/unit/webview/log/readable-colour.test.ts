import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  contrast,
  parseColour,
  readableOn,
  type Rgb,
} from '../../../../src/webview/log/readable-colour.ts';

describe('a colour of a log', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const colour = fc.tuple(byte, byte, byte);

  it('can be read on any background', () => {
    fc.assert(
      fc.property(colour, colour, (one: Rgb, background: Rgb) => {
        const limit = Math.max(
          contrast([0, 0, 0], background),
          contrast([255, 255, 255], background),
        );
        assert.ok(contrast(readableOn(one, background), background) >= Math.min(4.5, limit));
      }),
    );
  });

  it('that can be read stays as it is', () => {
    assert.deepEqual(readableOn([241, 76, 76], [24, 24, 24]), [241, 76, 76]);
  });

  it('is read as themes write it', () => {
    assert.deepEqual(parseColour('#fa0'), [255, 170, 0]);
    assert.deepEqual(parseColour(' #0DBC79ff'), [13, 188, 121]);
    assert.deepEqual(parseColour('rgba(1, 2, 3, 0.5)'), [1, 2, 3]);
    assert.equal(parseColour('red'), null);
  });
});
