import assert from 'node:assert/strict';
import { describeInput, inputItems } from '../../../../src/extension/commands/describe-input.ts';
import type { InputSpec } from '../../../../src/model/workflow.ts';

function spec(change: Partial<InputSpec>): InputSpec {
  return {
    name: 'channel',
    type: 'string',
    required: true,
    description: null,
    default: null,
    pattern: null,
    options: [],
    ...change,
  };
}

describe('describeInput', () => {
  it('is the description, with what the value must be like', () => {
    const text = describeInput(spec({ description: 'Version to publish', pattern: '^\\d+$' }));
    assert.equal(text, 'Version to publish (must match ^\\d+$)');
  });

  it('says that a value may be left out', () => {
    assert.equal(describeInput(spec({ required: false })), 'Value of channel (may be left empty)');
  });
});

describe('inputItems', () => {
  it('marks the default and chooses the current value', () => {
    const choice = spec({ type: 'choice', options: ['stable', 'beta'], default: 'beta' });
    assert.deepEqual(inputItems(choice, 'stable'), [
      { label: 'stable', value: 'stable', isCurrent: true },
      { label: 'beta', value: 'beta', isCurrent: false, description: 'default' },
    ]);
  });

  it('asks a yes or no question, which may be left open when it is not required', () => {
    const items = inputItems(spec({ type: 'boolean', required: false }), null);
    assert.deepEqual(
      items.map(({ value }) => value),
      [true, false, null],
    );
  });

  it('offers the known file once', () => {
    const file = spec({ type: 'file', default: 'a.txt' });
    assert.deepEqual(
      inputItems(file, 'a.txt').map(({ value }) => value),
      ['a.txt'],
    );
  });
});
