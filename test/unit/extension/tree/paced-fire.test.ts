import assert from 'node:assert/strict';
import { PacedFire, treePaceMs } from '../../../../src/extension/tree/paced-fire.ts';
import { FakeClock } from '../fake-clock.ts';

describe('PacedFire', () => {
  let clock: FakeClock;
  let fired: { readonly atMs: number; readonly what: readonly string[] | null }[];
  let pace: PacedFire<string>;

  beforeEach(() => {
    clock = new FakeClock();
    fired = [];
    pace = new PacedFire<string>({
      clock,
      fire: (what) => fired.push({ atMs: clock.monotonicMs(), what }),
    });
  });

  it('fires a lone change at once', () => {
    pace.add(['a']);
    assert.deepEqual(fired, [{ atMs: 0, what: ['a'] }]);
  });

  it('collects what comes too soon and fires it as soon as it may', () => {
    pace.add(['a']);
    clock.pass(10);
    pace.add(['b']);
    pace.add(['c', 'b']);
    clock.pass(1000);
    assert.deepEqual(fired, [
      { atMs: 0, what: ['a'] },
      { atMs: treePaceMs, what: ['b', 'c'] },
    ]);
  });

  it('never fires more often than the pace under a steady stream', () => {
    for (let index = 0; index < 100; index += 1) {
      pace.add([String(index)]);
      clock.pass(20);
    }
    const gaps = fired.slice(1).map(({ atMs }, index) => atMs - fired[index]!.atMs);
    assert.ok(gaps.length >= 7);
    assert.ok(gaps.every((gap) => gap >= treePaceMs));
  });

  it('fires everything when everything is among the changes', () => {
    pace.add(['a']);
    pace.add(['b', null]);
    clock.pass(treePaceMs);
    assert.deepEqual(fired.at(-1)?.what, null);
  });

  it('does nothing for no change', () => {
    pace.add([]);
    assert.deepEqual(fired, []);
  });

  it('leaves no timer behind and fires nothing after its end', () => {
    pace.add(['a']);
    pace.add(['b']);
    pace.dispose();
    pace.add(['c']);
    clock.pass(1000);
    assert.equal(fired.length, 1);
    assert.equal(clock.waiting, 0);
  });
});
