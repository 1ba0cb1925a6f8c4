import assert from 'node:assert/strict';
import {
  endProcessTree,
  hardSteps,
  softSteps,
} from '../../../../../src/engine/run/processes/end-process-tree.ts';
import { FakeClock } from '../fake-clock.ts';

/** A tree that dies of the first signal in its list, at the time it comes. */
function fakeTree(clock: FakeClock, mortal: readonly string[]) {
  const signals: string[] = [];
  let isGone = false;
  return {
    signals,
    tree: {
      signal(signal: string) {
        signals.push(`${signal} ${String(clock.wallMs())}`);
        if (mortal.includes(signal)) isGone = true;
      },
      isGone: () => isGone,
    },
  };
}

describe('ending a process tree', () => {
  const run = (mortal: readonly string[], steps = softSteps) => {
    const clock = new FakeClock();
    const { tree, signals } = fakeTree(clock, mortal);
    const gone: number[] = [];
    const onGone = (): void => void gone.push(clock.wallMs());
    return { clock, signals, gone, ender: endProcessTree({ tree, clock, steps, onGone }) };
  };

  it('asks first and takes harder signals every five seconds', () => {
    const { clock, signals, gone } = run(['SIGKILL']);
    clock.advance(60_000);
    assert.deepEqual(signals, ['SIGINT 0', 'SIGTERM 5000', 'SIGKILL 10000']);
    assert.deepEqual(gone, [10_020]);
    assert.equal(clock.pending, 0);
  });

  it('stops as soon as nobody is left', () => {
    const { clock, signals, gone } = run(['SIGINT']);
    clock.advance(60_000);
    assert.deepEqual(signals, ['SIGINT 0']);
    assert.deepEqual(gone, [20]);
  });

  it('gives up on what even SIGKILL does not end', () => {
    const { clock, gone } = run([]);
    clock.advance(60_000);
    assert.deepEqual(gone, [12_000]);
    assert.equal(clock.pending, 0);
  });

  it('kills at once when it is hardened, also in the middle', () => {
    const { clock, signals, ender } = run(['SIGKILL']);
    clock.advance(1000);
    ender.harden();
    clock.advance(60_000);
    assert.deepEqual(signals, ['SIGINT 0', 'SIGKILL 1000']);
    assert.deepEqual(run(['SIGKILL'], hardSteps).signals, ['SIGKILL 0']);
  });

  it('says nothing more after it was disposed', () => {
    const { clock, signals, gone, ender } = run([]);
    ender.dispose();
    clock.advance(60_000);
    assert.deepEqual(signals, ['SIGINT 0']);
    assert.deepEqual(gone, []);
  });
});
