import assert from 'node:assert/strict';
import { SteadyEvidence } from '../../../../src/extension/diagnostics/steady-evidence.ts';
import { newVerdict } from '../build-folder.ts';

describe('SteadyEvidence', () => {
  it('shows the same evidence for a minute, then the newest', () => {
    const steady = new SteadyEvidence();
    const first = newVerdict({ evidence: 'no output for 2 m' });
    const second = newVerdict({ evidence: 'no output for 2 m 5 s' });
    assert.deepEqual(steady.update([first], 0), [first]);
    assert.deepEqual(steady.update([second], 59_000), [first]);
    assert.deepEqual(steady.update([second], 61_000), [second]);
  });

  it('takes over a task that got stuck anew at once', () => {
    const steady = new SteadyEvidence();
    steady.update([newVerdict()], 0);
    const anew = newVerdict({ since: '2026-11-22T14:20:00.000Z', evidence: 'anew' });
    assert.deepEqual(steady.update([anew], 1000), [anew]);
  });

  it('shows nothing that does not stand any more', () => {
    const steady = new SteadyEvidence();
    steady.update([newVerdict()], 0);
    assert.deepEqual(steady.update([], 1), []);
  });
});
