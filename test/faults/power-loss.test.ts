import assert from 'node:assert/strict';
import type { DiskStep } from './power-loss/recording-disk.ts';
import {
  findViolations,
  recordLife,
  type Recording,
  type Told,
} from './power-loss/power-loss-check.ts';

describe('a power loss at any moment', function () {
  this.timeout(120_000);
  let recording: Recording;
  before(async () => {
    recording = await recordLife();
  });

  for (const model of ['strict', 'ordered'] as const) {
    it(`loses nothing that was acknowledged and tears nothing (${model} file system)`, () => {
      const { states, violations } = findViolations(recording, model, 10);
      assert.deepEqual(violations, []);
      assert.ok(states > 1200, `only ${states} states`);
    });
  }

  /** The same life as a store would have led it that leaves some calls out. */
  function without(isLeftOut: (step: DiskStep<Told>) => boolean): Recording {
    return { ...recording, steps: recording.steps.filter((step) => !isLeftOut(step)) };
  }
  const isSync = (step: DiskStep<Told>, what: RegExp): boolean =>
    step.kind === 'sync' && what.test(step.path);

  for (const [what, pattern] of [
    ['of a journal', /journal\.\d+\.jsonl$/],
    ['of the draft of the view file', /tmp.view-/],
    ['of a request', /inbox.+\.tmp$/],
    ['of the folder of an execution', /executions.\d{8}-\d{6}-0000$/],
    ['of the folder of all executions', /executions$/],
    ['of the state folder', /\.agent-executor$/],
    ['of an inbox', /inbox$/],
  ] as const) {
    it(`would show that the sync ${what} is missing`, () => {
      const mutated = without((step) => isSync(step, pattern));
      assert.notEqual(mutated.steps.length, recording.steps.length);
      assert.notEqual(findViolations(mutated, 'strict', 16, 1).violations.length, 0);
    });
  }
});
