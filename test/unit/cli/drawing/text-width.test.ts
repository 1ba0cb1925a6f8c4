import assert from 'node:assert/strict';
import {
  cleanLine,
  isPrintable,
  textWidth,
  truncate,
  truncateColored,
} from '../../../../src/cli/drawing/text-width.ts';

describe('text on a terminal', () => {
  it('counts wide characters twice, marks and colours not at all', () => {
    assert.equal(textWidth('漢字'), 4);
    assert.equal(textWidth('e\u0301'), 1);
    assert.equal(textWidth('\u001b[31mred\u001b[39m'), 3);
  });

  it('cuts to a width and says so', () => {
    assert.equal(truncate('a long line', 7, '…'), 'a long…');
    assert.equal(truncate('漢字漢字', 5, '…'), '漢字…');
    assert.equal(truncate('short', 7, '…'), 'short');
  });

  it('ends the colours of a line that it cuts', () => {
    assert.equal(
      truncateColored('\u001b[31mred line\u001b[39m', 4, '…'),
      '\u001b[31mred…\u001b[0m',
    );
  });

  it('keeps nothing of a line that could move the cursor or fake another line', () => {
    assert.equal(cleanLine('a\u001b[2Jb\tc\u0007\u202ed\u0085e'), 'ab  cde');
    assert.equal(cleanLine('10 %\r50 %\r'), '50 %');
  });

  it('knows of a whole text whether each of its lines is clean', () => {
    assert.equal(isPrintable('one\n\n  two ä 日本 🚀\n'), true);
    for (const code of [0, 9, 11, 13, 27, 31, 127, 0x85, 0x9f, 0x200e, 0x2028, 0x202e, 0x2069]) {
      const line = `a${String.fromCharCode(code)}b`;
      assert.notEqual(cleanLine(line), line);
      assert.equal(isPrintable(`one\n${line}\ntwo`), false, String(code));
    }
  });
});
