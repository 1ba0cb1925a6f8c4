import assert from 'node:assert/strict';
import { parseInputs } from '../../../../src/cli/arguments/parse-inputs.ts';

describe('parseInputs', () => {
  it('takes all behind the first equals sign, also nothing', () => {
    assert.deepEqual(parseInputs(['url=a=b', 'empty=']), {
      ok: true,
      value: { url: 'a=b', empty: '' },
    });
  });

  it('refuses a word without a name', () => {
    for (const word of ['name', '=value']) {
      const parsed = parseInputs([word]);
      assert.equal(
        parsed.ok ? '' : parsed.error.message,
        `"${word}" is not an input; write -i name=value`,
      );
    }
  });

  it('refuses an input given twice', () => {
    const parsed = parseInputs(['a=1', 'a=2']);
    assert.equal(parsed.ok ? '' : parsed.error.message, 'input "a" was given twice');
  });
});
