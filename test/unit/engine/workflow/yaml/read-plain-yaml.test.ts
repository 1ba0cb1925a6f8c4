import assert from 'node:assert/strict';
import { readPlainYaml } from '../../../../../src/engine/workflow/yaml/read-plain-yaml.ts';
import { readWholeYaml } from '../../../../../src/engine/workflow/yaml/read-yaml.ts';
import { readCases, textOfCase } from '../case-file.ts';
import { mutateText, SeededNumbers } from '../mutate-text.ts';

const corpus = readCases().flatMap((one) => [textOfCase(one), one.fixed ?? textOfCase(one)]);
const plainTexts = corpus.filter((text) => readPlainYaml(text) !== null);

/** True when it was read; the same as by the parser of the whole language then, to the last place. */
function isReadAlike(text: string): boolean {
  const plain = readPlainYaml(text);
  if (plain === null) return false;
  assert.deepEqual({ root: plain, problems: [] }, readWholeYaml(text), JSON.stringify(text));
  return true;
}

describe('readPlainYaml', () => {
  it('reads most cases, and each as the parser of the whole language does', () => {
    const count = corpus.filter(isReadAlike).length;
    assert.ok(count > corpus.length * 0.7, `${String(count)} of ${String(corpus.length)}`);
  });

  it('reads texts whose lines end in CR LF alike', () => {
    const texts = plainTexts.map((text) => text.replaceAll(/\r?\n/g, '\r\n'));
    assert.equal(texts.filter(isReadAlike).length, plainTexts.length);
  });

  it('reads mutated texts alike, or leaves them alone', () => {
    const numbers = new SeededNumbers(2026);
    let count = 0;
    for (let round = 0; round < 1500; round += 1) {
      const text = plainTexts[numbers.below(plainTexts.length)] ?? '';
      const mutated = mutateText(text, numbers);
      const isCrlf = round % 4 === 0;
      if (isReadAlike(isCrlf ? mutated.replaceAll('\n', '\r\n') : mutated)) count += 1;
    }
    assert.ok(count > 150, `${String(count)} of 1500 were plain`);
  });

  const values: readonly string[] = [
    ...['1', '0', '-5', '007', '1.5', '.5', '1.', '1e3', '0x1F', '0o17', '1_000', '+1', '-0', '1d'],
    ...[
      'true',
      'True',
      'TRUE',
      'yes',
      'on',
      'null',
      'Null',
      '~',
      '~x',
      '.inf',
      '.NaN',
      '-',
      '--',
      '-x',
    ],
    ...[
      'a b  c',
      'a # b',
      'a# b',
      'a:b',
      'a: b',
      'a:',
      ':a',
      '?a',
      '? a',
      '@a',
      '`a`',
      '%a',
      '=',
      '<<',
    ],
    ...[
      "'a''b'",
      "'a",
      "'a' b",
      '"a\\n\\"b\\\\"',
      '"\\u00e9"',
      '"\\x41"',
      '"a" # c',
      "''",
      '""',
      '"a"b',
    ],
    ...[
      '[]',
      '{}',
      '[a, b]',
      '[a,b]',
      '[a, ]',
      '[a b, "c"]',
      '[[a], {b: c}]',
      '{ a: , b: }',
      '{ a }',
    ],
    ...[
      '{ a: b, a: c }',
      '{a: b}',
      '{ a:b }',
      '{ "a": b }',
      '[a: b]',
      '[a',
      '{ a: [b, c], d: {} }',
      '[1, x]',
      '[a, b-c.d, _e]',
      '[ a,b ]',
      '[a, True]',
      '[a, falsey, nulls]',
      '[a, null]',
      '[a, b.]',
      '[a-, b]',
      '[a,, b]',
      '[a, b,]',
      '[a, b c]',
      '[a, b]c',
      '[a, b] # c',
      '[[a, b], c]',
    ],
    ...[
      '{ a: b } # c',
      '{ a: b }c',
      '[a]#',
      'é 漢 🚀',
      '${{ a }}',
      "'${{ a }}'",
      '&a b',
      '*a',
      '!!str a',
      '>',
    ],
    ...['|', '|2', '| # c', '>+', '|+'],
  ];
  for (const value of values) {
    it(`reads the value ${value} alike in a block, in brackets and in a list, or not at all`, () => {
      for (const text of [
        `k: ${value}\n`,
        `k: ${value}\nm: n\n`,
        `k: ${value}\n  more\n`,
        `k: ${value}\n  more\n\n   and more\n\n\n`,
        `k: { a: ${value}, b: c }\n`,
        `k: [${value}, b]\n`,
        `k:\n  - ${value}\n  - b\n`,
        `k:\n- a: ${value}\n  b: c\n-  d: e\n   f: g\nl: m\n`,
        `${value}\n`,
        `${value}: a\n`,
      ]) {
        isReadAlike(text);
      }
    });
  }

  for (const [what, text] of [
    ['other ends of lines', 'a: b\rc: d\n'],
    ['ends of lines of both kinds', 'a: b\r\nc: d\n'],
    ['no end of the last line', 'a: b'],
    ['tabs', 'a:\tb\n'],
    ['anchors', 'a: &x b\n'],
    ['several documents', 'a: b\n---\nc: d\n'],
    ['a key twice', 'a: b\na: c\n'],
    ['a text over several lines', 'a: b\n  c\n'],
    ['indentation that fits nothing', 'a:\n    b: c\n  d: e\n'],
    ['deep nesting', Array.from({ length: 30 }, (_, at) => `${' '.repeat(at)}a:\n`).join('')],
    ['many brackets', `a: ${'['.repeat(50_000)}\n`],
  ] as const) {
    it(`leaves a text with ${what} to the parser of the whole language`, () => {
      assert.equal(readPlainYaml(text), null);
    });
  }
});
