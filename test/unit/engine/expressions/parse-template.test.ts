import assert from 'node:assert/strict';
import { parseTemplate, readCondition } from '../../../../src/engine/expressions/parse-template.ts';

describe('parseTemplate', () => {
  it('splits text and expressions, with their places', () => {
    assert.deepEqual(parseTemplate('a${{ b }}c'), {
      ok: true,
      value: [
        { kind: 'text', text: 'a' },
        { kind: 'expression', source: ' b ', sourceStart: 4, start: 1, end: 9 },
        { kind: 'text', text: 'c' },
      ],
    });
  });

  it('does not end an expression at brackets inside a quoted text', () => {
    const parsed = parseTemplate("${{ '}}' }}");
    assert.equal(parsed.ok && parsed.value.length, 1);
  });

  it('tells where an expression begins that never ends', () => {
    assert.deepEqual(parseTemplate('ab ${{ c'), { ok: false, error: { start: 3 } });
  });
});

describe('readCondition', () => {
  it('takes a text without brackets as it is', () => {
    assert.deepEqual(readCondition('a && b'), { source: 'a && b', start: 0 });
  });

  it('takes the inside of brackets around all of it', () => {
    assert.deepEqual(readCondition('  ${{ a }} '), { source: ' a ', start: 5 });
  });

  it('refuses brackets around a part', () => {
    assert.equal(readCondition('${{ a }} && ${{ b }}'), null);
    assert.equal(readCondition('${{ a'), null);
  });
});
