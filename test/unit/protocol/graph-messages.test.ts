import assert from 'node:assert/strict';
import { isGraphMessage, readGraphRequest } from '../../../src/protocol/graph-messages.ts';

describe('messages of the graph', () => {
  it('takes what the page may send, and nothing else', () => {
    assert.deepEqual(readGraphRequest({ type: 'ready', more: 1 }), { type: 'ready' });
    assert.deepEqual(readGraphRequest({ type: 'reveal', task: 'a' }), {
      type: 'reveal',
      task: 'a',
    });
    for (const bad of [
      null,
      'ready',
      { type: 'reveal' },
      { type: 'run', task: 'a' },
      { type: 'reveal', task: 'a'.repeat(500) },
    ]) {
      assert.equal(readGraphRequest(bad), null);
    }
  });

  it('takes a graph with all its fields', () => {
    const graph = { type: 'graph', tasks: [], selected: null, execution: null, isValid: true };
    assert.ok(isGraphMessage(graph));
    assert.ok(!isGraphMessage({ ...graph, tasks: [{ id: 'a' }] }));
    assert.ok(!isGraphMessage({ ...graph, extra: 1 }));
  });
});
