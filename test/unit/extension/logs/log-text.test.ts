import assert from 'node:assert/strict';
import { LogText, readable } from '../../../../src/extension/logs/log-text.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('LogText', () => {
  it('joins a character that came in two pieces', () => {
    const text = new LogText({ isCut: false });
    const [head, tail] = [bytes('größer').slice(0, 3), bytes('größer').slice(3)];
    text.append(head);
    text.append(tail);
    assert.equal(text.toString(), 'größer');
  });

  it('says when the beginning is not there', () => {
    const text = new LogText({ isCut: true });
    text.append(bytes('last line\n'));
    assert.match(text.toString(), /^This is the end of the log\..*\n\nlast line\n$/);
  });

  it('forgets the oldest whole lines when it gets too long', () => {
    const text = new LogText({ isCut: false, maxLength: 100 });
    for (let line = 0; line < 40; line += 1) text.append(bytes(`line ${String(line)}\n`));
    assert.ok(text.length <= 120);
    assert.match(text.toString(), /^This is the end of the log\..*\n\nline \d+\n/);
    assert.match(text.toString(), /line 39\n$/);
  });
});

describe('readable', () => {
  it('removes colours, titles and cursor movements', () => {
    assert.equal(
      readable('\u001b[1;31mred\u001b[0m \u001b]0;title\u0007text\u001b[2K'),
      'red text',
    );
  });

  it('keeps what a progress bar showed last', () => {
    assert.equal(readable('10%\r50%\r100%\ndone\n'), '100%\ndone\n');
  });

  it('keeps lines of Windows as lines', () => {
    assert.equal(readable('one\r\ntwo\r\n'), 'one\ntwo\n');
  });

  it('keeps what is still being written over', () => {
    assert.equal(readable('10%\r50%\r'), '50%');
  });
});
