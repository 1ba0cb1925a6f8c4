import assert from 'node:assert/strict';
import { sourceOffsetOf } from '../../../../../src/engine/workflow/yaml/map-offset.ts';
import { readYaml } from '../../../../../src/engine/workflow/yaml/read-yaml.ts';
import { valueOf } from '../../../../../src/engine/workflow/yaml/yaml-node.ts';

/** Each text has one `X`; in the value of `k` it must lead back to the `X` of the text. */
const texts: readonly (readonly [name: string, text: string])[] = [
  ['plain', 'k: one X two'],
  ['plain over lines', 'k: one\n  two X\n  three'],
  ['plain over blank lines', 'k: one\n\n\n  two X'],
  ['single quotes', "k: 'it''s ''X'''"],
  ['single quotes over lines', "k: 'one  \n  two\n\n  X'"],
  ['double quotes with escapes', 'k: "\\t\\x41\\u00e9\\U0001F600\\\\ X"'],
  ['double quotes over lines', 'k: "one  \n   two\\\n   three X"'],
  ['a literal block', 'k: |\n  one\n    two X\n'],
  ['a literal block with an indentation', 'k: |2\n    one\n  two X\n'],
  ['a literal block after blank lines', 'k: |-\n\n\n  one\n  X\n'],
  ['a literal block with CRLF', 'k: |\r\n  one\r\n\r\n  two X\r\n'],
  ['a folded block', 'k: >\n  one\n  two\n\n  three X\n'],
  ['a folded block with deeper lines', 'k: >-\n  one\n    two\n  X\n'],
  ['text that is not ASCII', "k: 'größe 🚀 X'"],
  ['an anchor before it', 'k: &a "one X"'],
  ['a plain text in a flow map', 'k: { k: 1 }\n'.replace('{ k: 1 }', "'X'")],
];

describe('sourceOffsetOf', () => {
  for (const [name, text] of texts) {
    it(`finds the place in ${name}`, () => {
      const { root, problems } = readYaml(text);
      assert.deepEqual(problems, []);
      const scalar = valueOf(root ?? undefined, 'k');
      assert.ok(scalar?.kind === 'scalar');
      const offset = sourceOffsetOf(text, scalar, scalar.text.indexOf('X'));
      assert.equal(offset, text.indexOf('X'));
    });
  }

  it('stays within the scalar for places out of its value', () => {
    const text = 'k: abc\nl: d';
    const scalar = valueOf(readYaml(text).root ?? undefined, 'k');
    assert.ok(scalar?.kind === 'scalar');
    assert.equal(sourceOffsetOf(text, scalar, 100), 6);
    assert.equal(sourceOffsetOf(text, scalar, -1), 3);
  });
});
