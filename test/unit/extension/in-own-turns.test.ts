import assert from 'node:assert/strict';
import { inOwnTurns } from '../../../src/extension/in-own-turns.ts';

describe('a bundle that is loaded in turns of its own', () => {
  it('lets others have a turn before it is run, and before it is used', async () => {
    const order: string[] = [];
    const others = (name: string): void => {
      setImmediate(() => order.push(name));
    };
    others('others before');
    const used = inOwnTurns(() => {
      order.push('run');
      others('others after');
      return Promise.resolve('the bundle');
    }).then((bundle) => order.push(bundle));
    order.push('asked');
    await used;
    assert.deepEqual(order, ['asked', 'others before', 'run', 'others after', 'the bundle']);
  });

  it('fails as loading does', async () => {
    await assert.rejects(
      inOwnTurns(() => Promise.reject(new Error('it is not there'))),
      /it is not there/,
    );
  });
});
