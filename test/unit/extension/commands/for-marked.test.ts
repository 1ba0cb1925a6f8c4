import assert from 'node:assert/strict';
import { markedExecutions } from '../../../../src/extension/commands/for-marked.ts';

const row = (execution: string): unknown => ({
  ref: { kind: 'execution', folder: 'f', execution },
});
const task = { ref: { kind: 'task', folder: 'f', execution: 'a', task: 'lint' } };

describe('markedExecutions', () => {
  it('is what is marked beside an execution', () => {
    const marked = markedExecutions(row('a'), [row('a'), row('b'), task]);
    assert.deepEqual(
      marked.map(({ execution }) => execution),
      ['a', 'b'],
    );
  });

  it('is nothing for a row of another kind, an id, or a single row', () => {
    assert.deepEqual(markedExecutions(task, [task, row('a')]), []);
    assert.deepEqual(markedExecutions('a', 'lint'), []);
    assert.deepEqual(markedExecutions(row('a'), undefined), []);
    assert.deepEqual(markedExecutions(undefined, undefined), []);
  });
});
