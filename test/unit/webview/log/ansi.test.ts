import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseLine, plainStyle, textOf } from '../../../../src/webview/log/ansi.ts';

const parse = (raw: string): ReturnType<typeof parseLine> => parseLine(raw, plainStyle);
const text = (raw: string): string => textOf(parse(raw).runs);

describe('a line of a terminal', () => {
  it('keeps colours until they are taken back', () => {
    const { runs, end } = parse('a \u001b[31mred\u001b[39m b');
    assert.deepEqual(
      runs.map(({ text: part, style }) => [part, style.fg]),
      [
        ['a ', null],
        ['red', 1],
        [' b', null],
      ],
    );
    assert.equal(end.fg, null);
  });

  it('hands its style to the next line', () => {
    const { end } = parse('\u001b[1;92mgreen');
    const [run] = parseLine('still', end).runs;
    assert.deepEqual([run?.style.fg, run?.style.isBold], [10, true]);
  });

  it('knows 256 colours and 16 million', () => {
    assert.equal(parse('\u001b[38;5;208mx').runs[0]?.style.fg, 'rgb(255, 135, 0)');
    assert.equal(parse('\u001b[48;2;1;2;3mx').runs[0]?.style.bg, 'rgb(1, 2, 3)');
    assert.equal(parse('\u001b[38;5;9mx').runs[0]?.style.fg, 9);
  });

  it('shows of what was overwritten only the last state', () => {
    assert.equal(text('10 %\r50 %\r100 %\r'), '100 %');
  });

  it('leaves tabs and letters of all kinds alone, and drops other controls', () => {
    assert.equal(text('\tä\u{1f980}\u0007\u0000\u007fb'), '\tä\u{1f980}b');
    assert.equal(text('\u001b]8;;http://x\u0007link\u001b]8;;\u0007\u001b[2K!'), 'link!');
  });

  it('never throws and never lets a control character through', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('\u001b[', '\u001b]', '38;5;', '48;2;999', 'm', ';', '\r', '\u001b[0m'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const controls = /[\u0000-\u0008\u000b-\u001f\u007f]/;
        assert.doesNotMatch(text(pieces.join('').replaceAll('\n', '')), controls);
      }),
    );
  });
});
