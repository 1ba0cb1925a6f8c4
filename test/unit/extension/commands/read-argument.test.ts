import assert from 'node:assert/strict';
import { readArgument } from '../../../../src/extension/commands/read-argument.ts';

const nothing = {
  folder: null,
  agent: null,
  execution: null,
  task: null,
  attempt: null,
  text: null,
  isAsking: true,
  isAtError: false,
};

describe('readArgument', () => {
  it('takes an id, and the id of a task after it', () => {
    assert.deepEqual(readArgument('20261122'), { ...nothing, text: '20261122' });
    assert.deepEqual(readArgument('20261122', 'test'), {
      ...nothing,
      text: '20261122',
      task: 'test',
    });
  });

  it('takes a row of a view', () => {
    const ref = { kind: 'attempt', folder: 'f', execution: 'e', task: 't', attempt: 2 };
    assert.deepEqual(readArgument({ id: 'x', ref, item: {} }), {
      ...nothing,
      folder: 'f',
      execution: 'e',
      task: 't',
      attempt: 2,
    });
  });

  it('takes an object that names the parts', () => {
    assert.deepEqual(readArgument({ folder: 'f', execution: 'e', task: null, ask: false }), {
      ...nothing,
      folder: 'f',
      execution: 'e',
      isAsking: false,
    });
  });

  it('takes anything else as nothing', () => {
    for (const value of [undefined, null, 7, '', { scheme: 'file', path: '/a' }]) {
      assert.deepEqual(readArgument(value), nothing);
    }
  });
});
