import assert from 'node:assert/strict';
import {
  PacedFire,
  sumsRestMs,
  treeAfterPageMs,
  treeGatherMs,
  treeLeadMs,
  treePaceMs,
  treeUnseenMs,
} from '../../../../src/extension/tree/paced-fire.ts';
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

  it('fires a lone change when others have shown it', () => {
    pace.add(['a']);
    clock.pass(1000);
    assert.deepEqual(fired, [{ atMs: treeLeadMs, what: ['a'] }]);
  });

  it('fires at once what somebody waits for', () => {
    pace.add([null], 0);
    assert.deepEqual(fired, [{ atMs: 0, what: null }]);
  });

  it('does not hold back what somebody waits for with what may wait', () => {
    pace.add(['a']);
    clock.pass(10);
    pace.add([null], 0);
    clock.pass(1000);
    assert.deepEqual(fired, [{ atMs: 10, what: null }]);
  });

  it('fires changes that follow each other closely once, when a moment brings no more', () => {
    for (const one of ['a', 'b', 'c']) {
      pace.add([one]);
      clock.pass(30);
    }
    clock.pass(1000);
    assert.deepEqual(fired, [{ atMs: 60 + treeLeadMs, what: ['a', 'b', 'c'] }]);
  });

  it('does not wait for a stream to end', () => {
    const before = Math.ceil(treeGatherMs / 30);
    for (let index = 0; index < 2 * before; index += 1) {
      pace.add([String(index)]);
      clock.pass(30);
    }
    const what = Array.from({ length: before }, (_, index) => String(index));
    assert.deepEqual(fired[0], { atMs: treeGatherMs, what });
  });

  it('collects rows that sum up others, and lets them wait', () => {
    for (let index = 0; index < 9; index += 1) {
      pace.addSums(['sum']);
      clock.pass(100);
    }
    assert.deepEqual(fired, []);
    clock.pass(1000);
    assert.deepEqual(fired, [{ atMs: sumsRestMs + treeLeadMs, what: ['sum'] }]);
  });

  it('does not fire a sum again that was fired with what changed', () => {
    pace.addSums(['sum']);
    pace.add(['sum', 'a']);
    clock.pass(5000);
    assert.deepEqual(
      fired.map(({ what }) => what),
      [['sum', 'a']],
    );
  });

  it('collects what comes too soon and fires it as soon as it may', () => {
    pace.add(['a']);
    clock.pass(treeLeadMs);
    pace.add(['b']);
    pace.add(['c', 'b']);
    clock.pass(1000);
    assert.deepEqual(fired, [
      { atMs: treeLeadMs, what: ['a'] },
      { atMs: treeLeadMs + treePaceMs, what: ['b', 'c'] },
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

  it('waits for what is drawn before it, but not longer than it may', () => {
    const held = (everyMs: number): void => {
      for (let atMs = 0; atMs < 400; atMs += 5) {
        if (atMs % everyMs === 0) pace.hold(treeAfterPageMs);
        if (atMs === 0) pace.add(['a']);
        clock.pass(5);
      }
    };
    held(1000);
    assert.deepEqual(fired, [{ atMs: treeAfterPageMs, what: ['a'] }]);
    fired.length = 0;
    held(20);
    assert.deepEqual(fired, [{ atMs: 400 + treeGatherMs, what: ['a'] }]);
  });

  it('fires what somebody waits for, whatever is drawn', () => {
    pace.hold(treeAfterPageMs);
    pace.add(['a'], 0);
    assert.equal(fired.length, 1);
  });

  it('looks up once what all that was touched comes to', () => {
    let looks = 0;
    const touched = new PacedFire<string>({
      clock,
      fire: (what) => fired.push({ atMs: clock.monotonicMs(), what }),
      collect: () => ({ rows: [`look ${String((looks += 1))}`], sums: [] }),
    });
    for (let index = 0; index < 5; index += 1) {
      touched.touch();
      clock.pass(20);
    }
    clock.pass(1000);
    assert.deepEqual(fired, [{ atMs: 80 + treeLeadMs, what: ['look 1'] }]);
  });

  it('fires nothing for what turns out to be nothing, and the next change has its time', () => {
    let rows: readonly string[] = [];
    const touched = new PacedFire<string>({
      clock,
      fire: (what) => fired.push({ atMs: clock.monotonicMs(), what }),
      collect: () => ({ rows, sums: [] }),
    });
    touched.touch();
    clock.pass(50);
    rows = ['a'];
    touched.touch();
    clock.pass(1000);
    assert.deepEqual(fired, [{ atMs: 50 + treeLeadMs, what: ['a'] }]);
  });

  it('lets rows that sum up others wait also when they are looked up', () => {
    let sums: readonly string[] = ['sum'];
    const touched = new PacedFire<string>({
      clock,
      fire: (what) => fired.push({ atMs: clock.monotonicMs(), what }),
      collect: () => ({ rows: [], sums }),
    });
    touched.touch();
    clock.pass(treeLeadMs);
    sums = [];
    clock.pass(5000);
    assert.deepEqual(fired, [{ atMs: treeLeadMs + sumsRestMs + treeLeadMs, what: ['sum'] }]);
  });

  it('fires everything when everything is among the changes', () => {
    pace.add(['a']);
    clock.pass(treeLeadMs);
    pace.add(['b', null]);
    clock.pass(treePaceMs);
    assert.deepEqual(fired.at(-1)?.what, null);
  });

  it('waits for a second while nobody sees it', () => {
    pace.setSeen(false);
    for (let index = 0; index < 100; index += 1) {
      pace.add([String(index)]);
      clock.pass(25);
    }
    assert.deepEqual(
      fired.map(({ atMs }) => atMs),
      [treeUnseenMs, 2 * treeUnseenMs],
    );
  });

  it('fires what waits when it is seen again', () => {
    pace.setSeen(false);
    pace.add(['a']);
    clock.pass(300);
    pace.setSeen(true);
    clock.pass(2000);
    assert.deepEqual(fired, [{ atMs: 300, what: ['a'] }]);
  });

  it('does nothing for no change', () => {
    pace.add([]);
    assert.deepEqual(fired, []);
  });

  it('leaves no timer behind and fires nothing after its end', () => {
    pace.add(['a'], 0);
    pace.add(['b']);
    pace.addSums(['sum']);
    pace.dispose();
    pace.add(['c']);
    clock.pass(1000);
    assert.equal(fired.length, 1);
    assert.equal(clock.waiting, 0);
  });
});
