import assert from 'node:assert/strict';
import { newestByAgent, newestExecutions } from '../../../src/extension/folder-state.ts';
import { executionWith } from './build-folder.ts';

describe('newestByAgent', () => {
  const older = executionWith({}, { id: 'older', agent: 'release' });
  const other = executionWith({}, { id: 'other', agent: 'hello' });
  const newer = executionWith({}, { id: 'newer', agent: 'release' });

  it('is the first of each agent in a list that is newest first', () => {
    assert.deepEqual(
      [...newestByAgent([newer, other, older])].map(([agent, { id }]) => [agent, id]),
      [
        ['release', 'newer'],
        ['hello', 'other'],
      ],
    );
  });

  it('is of the agent that was asked for too when a fallback ran, and counted once', () => {
    const fallback = { for: 'release', reason: 'missing' };
    const inPlace = executionWith({}, { id: 'in-place', agent: 'fallback', fallback });
    const all = [inPlace, newer];
    assert.equal(newestByAgent(all).get('release')?.id, 'in-place');
    assert.equal(newestByAgent(all).get('fallback')?.id, 'in-place');
    assert.equal(newestExecutions(all).size, 1);
  });
});
