import assert from 'node:assert/strict';
import type { InputSpec } from '../../../../src/model/workflow.ts';
import {
  checkInput,
  checkInputs,
  compilePattern,
} from '../../../../src/engine/workflow/check-inputs.ts';

function spec(change: Partial<InputSpec> = {}): InputSpec {
  return {
    name: 'x',
    type: 'string',
    required: false,
    description: null,
    default: null,
    pattern: null,
    options: [],
    ...change,
  };
}

const choice = spec({ type: 'choice', options: ['stable', 'beta'] });

/** A declaration, what is given, and the value or the message that comes of it. */
const rows: readonly (readonly [InputSpec, unknown, { value: unknown } | { message: string }])[] = [
  [spec(), 'a', { value: 'a' }],
  [spec(), '', { value: '' }],
  [spec(), 5, { value: '5' }],
  [spec(), true, { value: 'true' }],
  [spec(), ['a'], { message: 'the input "x" must be text, not a list' }],
  [spec(), {}, { message: 'the input "x" must be text, not an object' }],
  [spec(), 'a\0b', { message: 'the input "x" has a NUL character, which no process can be given' }],
  [spec(), 'x'.repeat(100_001), { message: 'the input "x" is longer than 100000 characters' }],
  [spec({ required: true }), '', { message: 'the input "x" is required' }],
  [
    spec({ required: true, description: 'What to build' }),
    undefined,
    { message: 'the input "x" (What to build) is required' },
  ],
  [spec({ default: 'd' }), undefined, { value: 'd' }],
  [spec({ default: 'd' }), null, { value: 'd' }],
  [spec({ pattern: '\\d+' }), '12', { value: '12' }],
  [
    spec({ pattern: '\\d+' }),
    '12a',
    { message: 'the input "x" must match \\d+, and "12a" does not' },
  ],
  [spec({ pattern: 'a|b' }), 'ab', { message: 'the input "x" must match a|b, and "ab" does not' }],
  [spec({ pattern: 'a' }), 'a\n', { message: 'the input "x" must match a, and "a\\n" does not' }],
  [spec({ type: 'number' }), '1.5', { value: 1.5 }],
  [spec({ type: 'number' }), ' -2e3 ', { value: -2000 }],
  [spec({ type: 'number' }), 7, { value: 7 }],
  [spec({ type: 'number' }), '0x10', { message: 'the input "x" must be a number, not "0x10"' }],
  [spec({ type: 'number' }), 'many', { message: 'the input "x" must be a number, not "many"' }],
  [spec({ type: 'number' }), NaN, { message: 'the input "x" must be a number, not null' }],
  [spec({ type: 'number' }), true, { message: 'the input "x" must be a number, not true' }],
  [
    spec({ type: 'number', pattern: '\\d' }),
    '12',
    { message: 'the input "x" must match \\d, and "12" does not' },
  ],
  [spec({ type: 'boolean' }), 'true', { value: true }],
  [spec({ type: 'boolean' }), 'False', { value: false }],
  [spec({ type: 'boolean' }), false, { value: false }],
  [spec({ type: 'boolean' }), 'yes', { message: 'the input "x" must be true or false, not "yes"' }],
  [spec({ type: 'boolean' }), 1, { message: 'the input "x" must be true or false, not 1' }],
  [choice, 'beta', { value: 'beta' }],
  [
    choice,
    'betta',
    { message: 'the input "x" must be one of stable, beta, not "betta"; did you mean "beta"?' },
  ],
  [spec({ type: 'choice', options: ['1', '2'] }), 1, { value: '1' }],
  [spec({ type: 'file' }), 'a/b.txt', { value: 'a/b.txt' }],
  [spec({ type: 'file' }), './a/../b', { value: './a/../b' }],
  ...['/etc/passwd', '../a', 'a/../../b', 'C:\\x', '\\\\server\\x', 'a\\..\\..\\b'].map(
    (path) =>
      [
        spec({ type: 'file' }),
        path,
        {
          message: `the input "x" must be a path inside the workspace folder, relative to it, not ${JSON.stringify(path)}`,
        },
      ] as const,
  ),
];

describe('checkInput', () => {
  for (const [declared, given, outcome] of rows) {
    const shown = (JSON.stringify(given) as string | undefined)?.slice(0, 40) ?? 'nothing';
    it(`${declared.type} ${declared.pattern ?? ''} given ${shown}`, () => {
      const checked = checkInput(declared, given);
      assert.deepEqual(
        checked.ok ? { value: checked.value } : { message: checked.error.message },
        outcome,
      );
    });
  }
});

describe('checkInputs', () => {
  it('fills in defaults and leaves out what is optional and not given', () => {
    const specs = [spec({ name: 'a', default: 'd' }), spec({ name: 'b' }), spec({ name: 'c' })];
    assert.deepEqual(checkInputs(specs, { c: 'x' }), { ok: true, value: { a: 'd', c: 'x' } });
  });

  it('takes an empty answer as none, except for text', () => {
    const specs = [spec({ name: 'a', type: 'number' }), spec({ name: 'b' })];
    assert.deepEqual(checkInputs(specs, { a: '', b: '' }), { ok: true, value: { b: '' } });
  });

  it('reports everything that is wrong, unknown names with what was meant', () => {
    const specs = [spec({ name: 'version', required: true }), spec({ name: 'n', type: 'number' })];
    const checked = checkInputs(specs, { versoin: '1', n: 'x' });
    assert.deepEqual(checked.ok ? [] : checked.error, [
      { input: 'versoin', message: 'unknown input "versoin"; did you mean "version"?' },
      { input: 'version', message: 'the input "version" is required' },
      { input: 'n', message: 'the input "n" must be a number, not "x"' },
    ]);
  });

  it('says that there are none where none are declared', () => {
    const checked = checkInputs([], { a: 1 });
    assert.deepEqual(checked.ok ? [] : checked.error, [
      { input: 'a', message: 'unknown input "a"; the workflow has none' },
    ]);
  });

  it('does not find inherited names among the given ones', () => {
    const checked = checkInputs([spec({ name: 'toString' })], {});
    assert.deepEqual(checked, { ok: true, value: {} });
  });
});

describe('compilePattern', () => {
  it('reads what only one of the two modes of expressions allows', () => {
    assert.ok(compilePattern('\\p{L}+')?.test('größe'));
    assert.ok(compilePattern('a\\-b')?.test('a-b'));
  });

  it('gives null for what is none, also where our own brackets would make it one', () => {
    assert.equal(compilePattern('['), null);
    assert.equal(compilePattern('a)|(b'), null);
  });
});
