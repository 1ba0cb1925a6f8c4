import assert from 'node:assert/strict';
import { ShownStates } from '../../../../src/engine/store/shown-states.ts';
import type { Execution } from '../../../../src/model/execution.ts';
import { idOf, plan } from './fixtures.ts';

describe('the states that were shown', () => {
  const at = (index: number, epoch: number, seq: number): Execution => ({
    ...plan(idOf(index)),
    status: 'succeeded',
    epoch,
    seq,
  });

  it('are newer than an older record of the same epoch', () => {
    const shown = new ShownStates();
    shown.show([at(0, 1, 5)]);
    assert.equal(shown.isNewerThan(at(0, 1, 4)), true);
    assert.equal(shown.isNewerThan(at(0, 1, 5)), false);
    assert.equal(shown.isNewerThan(at(0, 1, 6)), false);
  });

  it('are newer than a longer journal of an epoch before', () => {
    const shown = new ShownStates();
    shown.show([at(0, 2, 5)]);
    assert.equal(shown.isNewerThan(at(0, 1, 9)), true);
  });

  it('say nothing of executions that go on: the view is always behind their journals', () => {
    const shown = new ShownStates();
    shown.show([at(0, 1, 5)]);
    assert.equal(shown.isNewerThan({ ...at(0, 1, 4), status: 'running' }), false);
  });

  it('say nothing of executions that were never shown', () => {
    assert.equal(new ShownStates().isNewerThan(at(0, 1, 1)), false);
  });

  it('are kept of executions that are not in the next look', () => {
    const shown = new ShownStates();
    shown.show([at(0, 2, 5)]);
    shown.show([at(1, 1, 1)]);
    assert.equal(shown.isNewerThan(at(0, 2, 4)), true);
  });

  it('are shown again in place of older ones', () => {
    const shown = new ShownStates();
    const newer = at(0, 2, 5);
    shown.show([newer]);
    assert.deepEqual(shown.show([at(0, 1, 9), at(1, 1, 1)]), [newer, at(1, 1, 1)]);
    assert.deepEqual(shown.current, [newer, at(1, 1, 1)]);
  });

  it('may be removed', () => {
    const shown = new ShownStates();
    shown.show([at(0, 2, 5), at(1, 1, 1)]);
    assert.deepEqual(shown.show([at(1, 1, 1)]), [at(1, 1, 1)]);
  });

  it('are forgotten oldest first when there are too many', () => {
    const shown = new ShownStates(2);
    shown.show([at(0, 2, 5), at(1, 2, 5), at(2, 2, 5)]);
    assert.equal(shown.isNewerThan(at(0, 1, 1)), false);
    assert.equal(shown.isNewerThan(at(2, 1, 1)), true);
  });
});
