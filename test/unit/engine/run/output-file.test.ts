import assert from 'node:assert/strict';
import { parseOutputs } from '../../../../src/engine/run/output-file.ts';

describe('the output file', () => {
  const good: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['one line a value', 'a=1\nb=x=y\n', { a: '1', b: 'x=y' }],
    ['an empty value', 'a=', { a: '' }],
    ['values of several lines', 'a<<END\nx\n\ny=z\nEND\nb=1', { a: 'x\n\ny=z', b: '1' }],
    ['an empty value of several lines', 'a<<E\nE', { a: '' }],
    ['Windows line ends', 'a=1\r\nb<<E\r\nx\r\nE\r\n', { a: '1', b: 'x' }],
    ['the last of equal names', 'a=1\na=2', { a: '2' }],
    ['shell text as data', 'a=$(rm -rf /) `x` "', { a: '$(rm -rf /) `x` "' }],
    ['no lines', '\n\n', {}],
  ];
  for (const [name, text, expected] of good) {
    it(`reads ${name}`, () => {
      assert.deepEqual(parseOutputs(text), { ok: true, value: expected });
    });
  }

  const bad: readonly (readonly [string, string])[] = [
    ['just text', 'line 1 of the output file is neither `name=value` nor `name<<MARK`'],
    [
      '\na b=1',
      'line 2 of the output file has the name "a b"; a name is a letter or _, then letters, digits, _ or -',
    ],
    [
      '__proto__=1',
      'line 1 of the output file has the name "__proto__"; a name is a letter or _, then letters, digits, _ or -',
    ],
    ['a<<END\nx', 'line 1 of the output file starts a value whose end mark "END" is missing'],
    ['a<<', 'line 1 of the output file has no end mark after `<<`'],
  ];
  for (const [text, message] of bad) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseOutputs(text), { ok: false, error: { code: 'output', message } });
    });
  }
});
