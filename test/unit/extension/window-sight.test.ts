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
});
