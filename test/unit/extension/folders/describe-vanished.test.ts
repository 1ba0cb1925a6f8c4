import assert from 'node:assert/strict';
import { describeVanished } from '../../../../src/extension/folders/describe-vanished.ts';
import { exampleExecution } from '../../cli/example-execution.ts';

describe('describeVanished', () => {
  const running = exampleExecution();
  const over = exampleExecution({ status: 'failed' });

  it('says nothing of what was over', () => {
    assert.equal(describeVanished([over], '/w/.agent-executor'), null);
  });

  it('names what was running, and what that means', () => {
    assert.equal(
      describeVanished([over, running, running], '/w/.agent-executor'),
      'Release check and 1 more were running when the records were deleted or moved. What runs goes on, but its history and logs may be lost. They were in /w/.agent-executor.',
    );
  });
});
