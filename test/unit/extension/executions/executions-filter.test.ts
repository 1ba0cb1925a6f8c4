import assert from 'node:assert/strict';
import {
  describeFilter,
  isNarrowing,
  isWanted,
  noFilter,
  readFilter,
} from '../../../../src/extension/executions/executions-filter.ts';
import { executionWith } from '../build-folder.ts';

describe('the filter of the executions view', () => {
  it('wants everything when nothing is picked', () => {
    assert.equal(isNarrowing(noFilter), false);
    assert.ok(isWanted(noFilter, executionWith({}), false));
  });

  it('wants any of the states and any of the agents', () => {
    const filter = { states: ['failed', 'stuck'], agents: ['build', 'test'] } as const;
    const execution = executionWith({}, { agent: 'test', status: 'interrupted' });
    assert.ok(isWanted(filter, execution, false));
    assert.ok(isWanted(filter, { ...execution, status: 'running' }, true));
    assert.ok(!isWanted(filter, { ...execution, status: 'running' }, false));
    assert.ok(!isWanted(filter, { ...execution, agent: 'lint' }, false));
  });

  it('counts a fallback as the agent in whose place it ran, too', () => {
    const execution = executionWith(
      {},
      { agent: 'fallback', fallback: { for: 'build', reason: 'missing' } },
    );
    assert.ok(isWanted({ states: [], agents: ['build'] }, execution, false));
    assert.ok(isWanted({ states: [], agents: ['fallback'] }, execution, false));
  });

  it('says what it is in few words', () => {
    assert.equal(describeFilter(noFilter), '');
    assert.equal(
      describeFilter({ states: ['failed', 'waiting'], agents: ['build'] }),
      'failed, waiting · build',
    );
    assert.equal(describeFilter({ states: [], agents: ['a', 'b', 'c'] }), '3 agents');
  });

  it('takes from what was kept only what it knows', () => {
    assert.deepEqual(readFilter(undefined), noFilter);
    assert.deepEqual(readFilter('failed'), noFilter);
    assert.deepEqual(readFilter({ states: ['failed', 'lost', 7], agents: ['build', null] }), {
      states: ['failed'],
      agents: ['build'],
    });
  });
});
