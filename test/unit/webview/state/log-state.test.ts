import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogChunk, LogPage } from '../../../../src/protocol/log-messages.ts';
import {
  appendLog,
  appendPage,
  attachLog,
  endOf,
  hasByte,
  openLog,
  prependPage,
  restLine,
  showPage,
  startOf,
  utf8Length,
  type LogState,
} from '../../../../src/webview/state/log-state.ts';

function chunk(from: number, text: string, change: Partial<LogChunk> = {}): LogChunk {
  const next = from + Buffer.byteLength(text);
  return {
    stream: 1,
    attempt: 1,
    from,
    next,
    size: next,
    text,
    isSkip: false,
    isOver: false,
    ...change,
  };
}

function page(from: number, text: string, size = 1_000_000): LogPage {
  return { from, next: from + Buffer.byteLength(text), size, text };
}

const shown = (log: LogState): string =>
  [...log.pieces.flatMap(({ lines }) => lines.map(({ text }) => text)), restLine(log)?.text ?? '']
    .join('\n')
    .replace(/\n$/, '');

describe('the text of a log', () => {
  it('grows chunk by chunk, also where a chunk ends within a line', () => {
    let log = openLog(chunk(0, 'one\ntw'));
    assert.deepEqual([shown(log), log.rest], ['one\ntw', 'tw']);
    log = appendLog(log, chunk(6, 'o\nthree\n'));
    assert.deepEqual([shown(log), log.rest], ['one\ntwo\nthree', '']);
  });

  it('has no escape sequences, also where a chunk cuts through one', () => {
    let log = openLog(chunk(0, 'a \u001b[3'));
    log = appendLog(log, chunk(5, '2mgreen\u001b[0m\n'));
    assert.equal(shown(log), 'a green');
  });

  it('drops what was before a skip', () => {
    let log = openLog(chunk(0, 'old\nrest'));
    log = appendLog(log, chunk(9000, 'new\n', { isSkip: true }));
    assert.deepEqual([shown(log), startOf(log)], ['new', 9000]);
  });

  it('keeps a bounded number of characters', () => {
    let log = openLog(chunk(0, ''));
    for (let turn = 0; turn < 100; turn += 1) {
      log = appendLog(log, chunk(turn * 12_000, `${'x'.repeat(11_999)}\n`));
    }
    assert.ok(shown(log).length <= 212_000);
    assert.ok(startOf(log) > 0);
  });

  it('shows the last line at the end also without a line feed', () => {
    const log = openLog(chunk(0, 'no end', { isOver: true }));
    assert.deepEqual([shown(log), log.rest], ['no end', '']);
  });

  it('knows the first byte of every line, whatever characters are before it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\n\r]/g, ''))),
        (lines) => {
          const text = lines.map((line) => `${line}\n`).join('');
          const log = openLog(chunk(7, text));
          let at = 7;
          const places = lines.map((line) => {
            const place = at;
            at += Buffer.byteLength(line) + 1;
            return place;
          });
          assert.deepEqual(
            log.pieces.flatMap((piece) => piece.lines.map((line) => line.at)),
            places,
          );
        },
      ),
    );
  });

  it('counts bytes as UTF-8 does', () => {
    for (const text of ['', 'a', 'ä', '€', '\u{1f980}', 'aä€\u{1f980}']) {
      assert.equal(utf8Length(text), Buffer.byteLength(text), text);
    }
  });
});

describe('another part of a log', () => {
  it('comes on top, and the end is let go when it is too much', () => {
    let log = openLog(chunk(3_000_000, 'end\n', { isSkip: true }));
    assert.equal(log.isAttached, true);
    for (let turn = 0; turn < 30; turn += 1) {
      log = prependPage(log, page(startOf(log) - 12_000, `${'y'.repeat(11_999)}\n`));
    }
    assert.equal(startOf(log), 3_000_000 - 30 * 12_000);
    assert.equal(log.isAttached, false);
    assert.equal(hasByte(log, 3_000_001), false);
  });

  it('that does not join what is shown is refused', () => {
    const log = openLog(chunk(500, 'end\n', { isSkip: true }));
    assert.equal(prependPage(log, page(100, 'far away\n')), log);
    assert.equal(appendPage(log, page(504, 'next\n')), log, 'what is attached gets chunks');
  });

  it('replaces what is shown, goes on, and is attached again at the end', () => {
    let log = openLog(chunk(500_000, 'end\n', { isSkip: true }));
    log = showPage(log, page(100, 'middle\n', 120));
    assert.deepEqual([shown(log), log.isAttached], ['middle', false]);
    log = appendPage(log, page(107, 'after\n', 120));
    assert.deepEqual([shown(log), endOf(log)], ['middle\nafter', 113]);
    log = attachLog(log, { ...chunk(113, 'new\nrest'), stream: 2 });
    assert.deepEqual(
      [shown(log), log.isAttached, log.stream],
      ['middle\nafter\nnew\nrest', true, 2],
    );
  });

  it('up to the end of a log that is over is the end', () => {
    const log = openLog(chunk(500, 'end\n', { isOver: true, size: 504 }));
    const other = showPage(log, page(490, 'before\nend\n', 501));
    assert.equal(other.isAttached, true);
  });
});
