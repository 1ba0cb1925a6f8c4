import assert from 'node:assert/strict';
import { LogFeed } from '../../../../src/extension/dashboard/log-feed.ts';
import { PushPacer } from '../../../../src/extension/dashboard/push-pacer.ts';
import type { TaskStatus } from '../../../../src/model/status.ts';
import { ok } from '../../../../src/model/result.ts';
import type { LogChunk, LogTarget } from '../../../../src/protocol/log-messages.ts';
import { fakeExecution, triedTask } from '../../../webview/fake-executions.ts';
import { FakeTimers, settle } from '../../protocol/fake-after.ts';

/** A feed whose reads end when the test says so. */
function slowFeed() {
  const timers = new FakeTimers();
  const { after, nowMs } = timers;
  const pacer = new PushPacer({ after, nowMs: () => timers.nowMs });
  const task = (id: string, status: TaskStatus) =>
    triedTask(id, status, { startMs: nowMs, endMs: null, attempts: 1 });
  const item = fakeExecution(1, 'running', nowMs, {
    tasks: [task('a', 'running'), task('b', 'running')],
  });
  const logs = new Map<string, Buffer>();
  const sent: LogChunk[] = [];
  /** Reads of a file in it wait for its promise. */
  const slow = new Map<string, Promise<void>>();
  const feed = new LogFeed({
    source: { executions: () => [item], logFile: (_id, log) => log },
    reader: {
      tail: async () => ok({ from: 0, size: 0 }),
      range: async (path, from, maxBytes) => {
        const whole = logs.get(path) ?? Buffer.alloc(0);
        await slow.get(path);
        return ok({ bytes: whole.subarray(from, from + maxBytes), size: whole.length });
      },
    },
    pacer,
    after,
    send: (chunk) => {
      pacer.count();
      sent.push(chunk);
    },
  });
  const open = (id: string): Promise<LogChunk | null> => {
    const target: LogTarget = {
      key: item.key,
      task: id,
      attempt: 1,
      from: null,
      wish: { task: id, attempt: null },
    };
    return feed.open(target);
  };
  const hang = (path: string): (() => void) => {
    let answer = (): void => undefined;
    slow.set(path, new Promise((resolve) => (answer = resolve)));
    return () => {
      slow.delete(path);
      answer();
    };
  };
  const rest = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 10) {
      await settle();
      timers.pass(10);
    }
    await settle();
  };
  return { timers, pacer, logs, sent, feed, item, open, hang, rest };
}

describe('the feed of one log', () => {
  it('sends nothing of a log twice that is still being opened when its turn comes', async () => {
    const { logs, sent, feed, open, hang, rest } = slowFeed();
    logs.set('b.1.log', Buffer.from('once\n'));
    const answer = hang('b.1.log');
    const opening = open('b');
    // As a change does that took along the turn of the log before.
    feed.goOn();
    await rest(100);
    answer();
    const first = await opening;
    feed.acknowledge(first?.stream ?? 0, first?.next ?? 0);
    await rest(1000);
    const texts = [first, ...sent].map((chunk) => chunk?.text ?? '');
    assert.equal(texts.join(''), 'once\n');
  });

  it('forgets no late piece of a log for one of a log that is no longer shown', async () => {
    const { pacer, logs, sent, feed, open, hang, rest } = slowFeed();
    await open('a');
    logs.set('a.1.log', Buffer.from('old\n'));
    const answerOld = hang('a.1.log');
    // The first log is looked at, and its disk is slow.
    await rest(400);
    await open('b');
    logs.set('b.1.log', Buffer.from('wanted\n'));
    const answerWanted = hang('b.1.log');
    await rest(400);
    // Nobody sees the page for a moment, so that turns wait.
    pacer.setSeen(false);
    answerWanted();
    await settle();
    answerOld();
    await settle();
    await rest(10_000);
    pacer.setSeen(true);
    await rest(1000);
    assert.equal(sent.map(({ text }) => text).join(''), 'wanted\n');
    feed.dispose();
  });
});
