import assert from 'node:assert/strict';
import { lastValue } from '../../../../../src/engine/workflow/authoring/last-value.ts';
import { executionWith, failedTask } from '../../../extension/build-folder.ts';

describe('lastValue', () => {
  const execution = executionWith(
    {
      build: { ...failedTask, outputs: { url: 'https://example.com' } },
      'each (1)': { status: 'succeeded', attempt: 1, group: 'each', outputs: { x: '1' } },
      later: {},
    },
    { inputs: { Version: '1.2', dry: false } },
  );
  const value = (path: string): string | null => lastValue(execution, path.split('.'));

  it('knows inputs, whatever the case of the name', () => {
    assert.equal(value('inputs.version'), '1.2');
    assert.equal(value('inputs.dry'), 'false');
    assert.equal(value('inputs.other'), null);
  });

  it('knows what tasks left', () => {
    assert.equal(value('tasks.build.status'), 'failed');
    assert.equal(value('tasks.build.exit-code'), '1');
    assert.equal(value('tasks.build.outputs.url'), 'https://example.com');
    assert.equal(value('tasks.build.outputs.other'), null);
  });

  it('says nothing of tasks that did not run, of a matrix, and of secrets', () => {
    assert.equal(value('tasks.later.status'), null);
    assert.equal(value('tasks.each.outputs.x'), null);
    assert.equal(value('secrets.TOKEN'), null);
  });
});
