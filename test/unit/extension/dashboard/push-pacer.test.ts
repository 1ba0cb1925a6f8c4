import assert from 'node:assert/strict';
import { PushPacer } from '../../../../src/extension/dashboard/push-pacer.ts';
import { FakeTimers } from '../../protocol/fake-after.ts';

function pacer() {
  const timers = new FakeTimers();
  const sent: string[] = [];
  const paced = new PushPacer(100, timers.after);
  const request = (name: string): void => {
    paced.request(name, () => sent.push(`${name} ${timers.nowMs - 1_800_000_000_000}`));
  };
  return { timers, sent, paced, request };
}

describe('the pacer of pushes', () => {
  it('lets the first one go at once', () => {
    const { sent, request } = pacer();
    request('change');
    assert.deepEqual(sent, ['change 0']);
  });

  it('makes one message of a burst, and never forgets the last', () => {
    const { timers, sent, request } = pacer();
    for (let turn = 0; turn < 50; turn += 1) {
      request('change');
      timers.pass(5);
    }
    timers.pass(1000);
    assert.deepEqual(sent, ['change 0', 'change 100', 'change 200', 'change 300']);
  });

  it('shares its slots between names', () => {
    const { timers, sent, request } = pacer();
    for (let turn = 0; turn < 40; turn += 1) {
      request('change');
      request('log');
      timers.pass(10);
    }
    assert.deepEqual(sent, ['change 0', 'log 100', 'change 200', 'log 300', 'change 400']);
  });

  it('lets nothing go after its end, and leaves no timer', () => {
    const { timers, sent, paced, request } = pacer();
    request('change');
    request('log');
    paced.dispose();
    request('change');
    timers.pass(1000);
    assert.deepEqual([sent, timers.waiting], [['change 0'], 0]);
  });
});
