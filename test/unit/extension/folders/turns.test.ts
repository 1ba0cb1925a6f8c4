import assert from 'node:assert/strict';
import { Emitter } from '../../../../src/model/disposable.ts';
import { Turns } from '../../../../src/extension/folders/turns.ts';

describe('an event that is spread over turns', () => {
  function spread() {
    const queue: (() => void)[] = [];
    const changed = new Emitter<void>();
    const heard: string[] = [];
    const event = new Turns((run) => queue.push(run)).spread(changed.event);
    const listen = (name: string) => event(() => heard.push(name));
    const turn = () => {
      const run = queue.shift();
      assert.equal(queue.length, 0, 'more than one at a time was asked for');
      run?.();
      return run !== undefined;
    };
    return { changed, event, heard, listen, turn };
  }

  it('is heard by one listener in each turn, in their order', () => {
    const { changed, heard, listen, turn } = spread();
    listen('one');
    listen('other');
    changed.fire();
    assert.deepEqual(heard, []);
    turn();
    assert.deepEqual(heard, ['one']);
    turn();
    assert.deepEqual(heard, ['one', 'other']);
    assert.equal(turn(), false);
  });

  it('is heard once for all that happened before, and again for what comes after', () => {
    const { changed, heard, listen, turn } = spread();
    listen('one');
    listen('other');
    changed.fire();
    changed.fire();
    turn();
    changed.fire();
    while (turn());
    assert.deepEqual(heard, ['one', 'other', 'one']);
  });

  it('is not heard any more by who let go of it meanwhile', () => {
    const { changed, heard, listen, turn } = spread();
    const one = listen('one');
    listen('other');
    changed.fire();
    one.dispose();
    while (turn());
    assert.deepEqual(heard, ['other']);
  });

  it('is heard by the others when one throws', () => {
    const { changed, event, heard, listen, turn } = spread();
    event(() => assert.fail('broken'));
    listen('other');
    changed.fire();
    assert.throws(turn, /broken/);
    while (turn());
    assert.deepEqual(heard, ['other']);
  });
});
