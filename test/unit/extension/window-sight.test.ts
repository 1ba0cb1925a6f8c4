import assert from 'node:assert/strict';
import { WindowSight } from '../../../src/extension/window-sight.ts';

describe('the sight of a window', () => {
  it('is there until a page says otherwise', () => {
    const sight = new WindowSight();
    const told: boolean[] = [];
    sight.onDidChange((isSeen) => told.push(isSeen));
    const [one, other] = [{}, {}];
    assert.equal(sight.isSeen, true);
    sight.tell(one, true);
    sight.tell(one, false);
    sight.tell(other, false);
    assert.equal(sight.isSeen, false);
    sight.tell(one, true);
    assert.equal(sight.isSeen, false);
    sight.tell(other, true);
    assert.deepEqual([sight.isSeen, told], [true, [false, true]]);
  });

  it('tells when the last page has painted what it was sent', () => {
    const sight = new WindowSight();
    let painted = 0;
    sight.onDidPaint(() => (painted += 1));
    const [one, other] = [{}, {}];
    sight.tellPainting(one, false);
    sight.tellPainting(one, true);
    sight.tellPainting(one, true);
    sight.tellPainting(other, true);
    sight.tellPainting(one, false);
    assert.deepEqual([sight.isPainting, painted], [true, 0]);
    sight.tellPainting(other, false);
    sight.tellPainting(other, false);
    assert.deepEqual([sight.isPainting, painted], [false, 1]);
  });
});
