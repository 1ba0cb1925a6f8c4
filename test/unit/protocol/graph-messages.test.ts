import assert from 'node:assert/strict';
import {
  isGraphMessage,
  readGraphRequest,
  readGraphState,
} from '../../../src/protocol/graph-messages.ts';

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
    const file = 'file:///w/workflows/a.yaml';
    const graph = {
      type: 'graph',
      file,
      tasks: [],
      selected: null,
      execution: null,
      isValid: true,
    };
    assert.ok(isGraphMessage(graph));
    assert.ok(!isGraphMessage({ ...graph, tasks: [{ id: 'a' }] }));
    assert.ok(!isGraphMessage({ ...graph, extra: 1 }));
  });

  it('reads whose graph a page was, and nothing from a state that is not its own', () => {
    assert.equal(readGraphState({ file: 'file:///a.yaml', more: 1 }), 'file:///a.yaml');
    for (const bad of [
      null,
      undefined,
      'file:///a',
      {},
      { file: 1 },
      { file: 'x'.repeat(20_000) },
    ]) {
      assert.equal(readGraphState(bad), null);
    }
  });
});
