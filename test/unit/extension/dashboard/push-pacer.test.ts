import assert from 'node:assert/strict';
import { PushPacer } from '../../../../src/extension/dashboard/push-pacer.ts';
import { FakeTimers } from '../../protocol/fake-after.ts';

function pacer() {
  const timers = new FakeTimers();
  const startMs = timers.nowMs;
  const sent: { readonly name: string; readonly atMs: number }[] = [];
  const paced = new PushPacer({ after: timers.after, nowMs: () => timers.nowMs });
  const request = (name: string): void => {
    paced.request(name, () => {
      paced.count();
      sent.push({ name, atMs: timers.nowMs - startMs });
    });
  };
  const times = (): readonly number[] => sent.map(({ atMs }) => atMs);
  return { timers, sent, paced, request, times };
}

/** The most of these moments that lie in one second. */
function mostInASecond(times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length),
  );
}

describe('the pacer of pushes', () => {
  it('lets the first one go at once', () => {
    const { times, request } = pacer();
    request('change');
    assert.deepEqual(times(), [0]);
  });

  it('makes few messages of a burst, and never forgets the last', () => {
    const { timers, times, request } = pacer();
    for (let turn = 0; turn < 50; turn += 1) {
      request('change');
      timers.pass(5);
    }
    timers.pass(1000);
    assert.deepEqual(times(), [0, 70, 140, 210, 360]);
  });

  it('lets ten go in a second at most, however long it goes on', () => {
    const { timers, times, request } = pacer();
    for (let turn = 0; turn < 2000; turn += 1) {
      request('change');
      timers.pass(5);
    }
    assert.ok([9, 10].includes(mostInASecond(times())), String(mostInASecond(times())));
    assert.ok(times().every((at, index) => at - (times()[index - 1] ?? 0) <= 240));
    const later = times().filter((at) => at > 2000);
    assert.ok(later.every((at, index) => at - (later[index - 1] ?? at) <= 150));
  });

  it('counts answers, which are not held back', () => {
    const { timers, times, paced, request } = pacer();
    const answers: number[] = [];
    for (let turn = 0; turn < 1000; turn += 1) {
      if (turn % 50 === 0) {
        paced.count();
        answers.push(turn * 5);
      }
      request('change');
      timers.pass(5);
    }
    assert.ok(mostInASecond([...times(), ...answers]) <= 10);
    assert.ok(times().length > 10);
  });

  it('lets pushes go on soon, however many answers there were', () => {
    const { timers, times, paced, request } = pacer();
    for (let turn = 0; turn < 100; turn += 1) paced.count();
    request('change');
    timers.pass(600);
    assert.equal(times().length, 1);
  });

  it('lets pushes go on while answers follow each other closely', () => {
    const { timers, times, paced, request } = pacer();
    for (let turn = 0; turn < 400; turn += 1) {
      paced.count();
      request('change');
      timers.pass(5);
    }
    assert.ok(times().length >= 8, String(times()));
  });

  it('lets a few pushes go close to each other, also right after answers', () => {
    const { timers, times, paced, request } = pacer();
    for (let turn = 0; turn < 5; turn += 1) paced.count();
    for (let turn = 0; turn < 20; turn += 1) {
      request('change');
      timers.pass(5);
    }
    assert.deepEqual(times(), [0, 70]);
  });

  it('sends together what comes in close succession, as soon as nothing more comes', () => {
    const { timers, times, request } = pacer();
    for (const pauseMs of [0, 38, 6, 6]) {
      timers.pass(pauseMs);
      request('change');
    }
    timers.pass(500);
    assert.deepEqual(times(), [0, 60]);
  });

  it('waits no longer than the gap for what was asked for a while before, and not at all after it', () => {
    const { timers, times, request } = pacer();
    for (const pauseMs of [0, 20, 100]) {
      timers.pass(pauseMs);
      request('change');
    }
    timers.pass(500);
    assert.deepEqual(times(), [0, 40, 120]);
  });

  it('takes nothing for a turn in which nothing was sent', () => {
    const { timers, times, paced, request } = pacer();
    for (let turn = 0; turn < 20; turn += 1) {
      paced.request('log', () => undefined);
      timers.pass(1);
    }
    request('change');
    assert.deepEqual(times(), [20]);
  });

  it('shares its turns between names', () => {
    const { timers, sent, request } = pacer();
    for (let turn = 0; turn < 40; turn += 1) {
      request('change');
      request('log');
      timers.pass(10);
    }
    const names = sent.map(({ name }) => name);
    assert.deepEqual(names.slice(0, 5), ['change', 'log', 'change', 'log', 'change']);
  });

  it('sends the ends of a burst together, also when the gap was over by the first of them', () => {
    const { timers, times, request } = pacer();
    for (const pauseMs of [0, 47, 9, 4]) {
      timers.pass(pauseMs);
      request('change');
    }
    timers.pass(500);
    assert.deepEqual(times(), [0, 70]);
  });

  it('waits for nothing more once the last one was asked for', () => {
    const { timers, sent, paced, request } = pacer();
    request('change');
    timers.pass(60);
    request('change');
    timers.pass(4);
    paced.request('change', () => paced.count(), { isLast: true });
    assert.equal(timers.waiting, 0);
    paced.request('change', () => paced.count(), { isLast: true });
    timers.pass(39);
    assert.equal(timers.waiting, 1);
    timers.pass(1);
    assert.deepEqual([sent.length, timers.waiting], [1, 0]);
  });

  it('lets one that takes another along go in the place of both', () => {
    const { timers, sent, paced, request } = pacer();
    const along: boolean[] = [];
    const change = (): void => {
      paced.request(
        'change',
        (isAlong) => {
          along.push(isAlong);
          paced.count();
        },
        { along: 'log' },
      );
    };
    change();
    request('log');
    timers.pass(20);
    change();
    timers.pass(500);
    assert.deepEqual([along, sent.length], [[false, true], 0]);
    request('log');
    timers.pass(500);
    assert.equal(sent.length, 1);
  });

  it('keeps to the order of requests where nothing goes along', () => {
    const { timers, sent, paced, request } = pacer();
    request('first');
    request('other');
    request('log');
    paced.request('change', () => paced.count(), { along: 'log' });
    timers.pass(50);
    assert.deepEqual(
      sent.map(({ name }) => name),
      ['first', 'other'],
    );
  });

  it('waits for one that takes its time', async () => {
    const { timers, times, paced, request } = pacer();
    let end = (): void => undefined;
    paced.request('log', () => new Promise<void>((resolve) => (end = resolve)));
    request('change');
    timers.pass(500);
    assert.deepEqual(times(), []);
    end();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(times(), [500]);
  });

  it('goes on when the clock was set back', () => {
    const { timers, times, request } = pacer();
    for (let turn = 0; turn < 3; turn += 1) {
      request('change');
      timers.pass(30);
    }
    timers.nowMs -= 3_600_000;
    request('change');
    timers.pass(300);
    assert.equal(times().length, 4);
  });

  it('lets one go after a second while nobody sees it', () => {
    const { timers, times, paced, request } = pacer();
    paced.setSeen(false);
    for (let turn = 0; turn < 700; turn += 1) {
      request('change');
      timers.pass(5);
    }
    assert.deepEqual(times(), [1000, 2000, 3000]);
  });

  it('lets what waits go as soon as it is seen', () => {
    const { timers, times, paced, request } = pacer();
    paced.setSeen(false);
    request('change');
    request('log');
    timers.pass(300);
    request('change');
    paced.setSeen(true);
    timers.pass(1000);
    assert.deepEqual(times(), [300, 340]);
  });

  it('lets nothing go after its end, and leaves no timer', () => {
    const { timers, sent, paced, request } = pacer();
    request('change');
    request('log');
    paced.dispose();
    request('change');
    timers.pass(1000);
    assert.deepEqual([sent.length, timers.waiting], [1, 0]);
  });
});

describe('the pacer of pushes, when sending fails', () => {
  it('goes on with the next', () => {
    const { timers, times, paced, request } = pacer();
    assert.throws(() =>
      paced.request('bad', () => {
        throw new Error('no');
      }),
    );
    request('change');
    timers.pass(2000);
    assert.equal(times().length, 1);
  });
});
