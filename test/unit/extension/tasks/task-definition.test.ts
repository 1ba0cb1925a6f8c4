import assert from 'node:assert/strict';
import { readTaskDefinition } from '../../../../src/extension/tasks/task-definition.ts';

describe('readTaskDefinition', () => {
  it('reads an agent with its inputs', () => {
    const read = readTaskDefinition({ type: 'agent-executor', agent: 'a', inputs: { n: 1 } });
    assert.deepEqual(read, { agent: 'a', inputs: { n: 1 } });
  });

  it('takes no inputs for what is no object', () => {
    assert.deepEqual(readTaskDefinition({ agent: 'a', inputs: ['n'] }), { agent: 'a', inputs: {} });
    assert.deepEqual(readTaskDefinition({ agent: 'a' }), { agent: 'a', inputs: {} });
  });

  it('refuses an entry without an agent', () => {
    assert.equal(readTaskDefinition({ type: 'agent-executor' }), null);
    assert.equal(readTaskDefinition({ agent: 3 }), null);
    assert.equal(readTaskDefinition({ agent: '' }), null);
  });
});
