import assert from 'node:assert/strict';
import { EchoedFire, echoMs } from '../../../../src/extension/diagnostics/echoed-fire.ts';
import { FakeClock } from '../fake-clock.ts';

describe('EchoedFire', () => {
  let clock: FakeClock;
  let firedMs: number[];
  let echoed: EchoedFire;

  beforeEach(() => {
    clock = new FakeClock();
    firedMs = [];
    echoed = new EchoedFire(clock, () => firedMs.push(clock.monotonicMs()));
  });

  it('tells of a change at once and once more, since the editor may have forgotten it', () => {
    echoed.tell();
    clock.pass(10 * echoMs);
    assert.deepEqual(firedMs, [0, echoMs]);
  });

  it('tells of a row of changes once more after the last of them', () => {
    echoed.tell();
    clock.pass(echoMs - 100);
    echoed.tell();
    clock.pass(10 * echoMs);
    assert.deepEqual(firedMs, [0, echoMs - 100, 2 * echoMs - 100]);
  });

  it('leaves nothing behind', () => {
    echoed.tell();
    echoed.dispose();
    assert.equal(clock.waiting, 0);
  });
});
