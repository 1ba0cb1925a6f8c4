import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonBytes } from '../../../../src/extension/dashboard/fit-text.ts';
import {
  decodeFitting,
  LogStream,
  type LogReader,
} from '../../../../src/extension/dashboard/log-stream.ts';
import { fail, ok } from '../../../../src/model/result.ts';
import { maxLogChunkBytes, maxMessageBytes } from '../../../../src/protocol/limits.ts';
import { isLogChunk } from '../../../../src/protocol/log-messages.ts';

/** A log in memory. */
class FakeLog implements LogReader {
  bytes: Buffer | null = Buffer.alloc(0);
  isOver = false;

  tail: LogReader['tail'] = async (_path, maxBytes) =>
    this.bytes === null
      ? fail('storage', 'gone')
      : ok({ from: Math.max(0, this.bytes.length - maxBytes), size: this.bytes.length });

  range: LogReader['range'] = async (_path, from, maxBytes) =>
    this.bytes === null
      ? fail('storage', 'gone')
      : ok({ bytes: this.bytes.subarray(from, from + maxBytes), size: this.bytes.length });

  append(text: string): void {
    this.bytes = Buffer.concat([this.bytes ?? Buffer.alloc(0), Buffer.from(text)]);
  }

  stream(): LogStream {
    return new LogStream({
      stream: 1,
      attempt: 1,
      path: 'x.log',
      reader: this,
      isOver: () => this.isOver,
    });
  }
}

describe('a log that is followed', () => {
  it('starts with its end', async () => {
    const log = new FakeLog();
    log.append(`${'x'.repeat(50_000)}the end`);
    const chunk = await log.stream().open();
    assert.ok(isLogChunk(chunk));
    assert.ok(chunk.text.endsWith('the end'));
    assert.deepEqual([chunk.isSkip, chunk.next], [true, 50_007]);
  });

  it('sends nothing more until the last chunk was acknowledged', async () => {
    const log = new FakeLog();
    log.append('one\n');
    const stream = log.stream();
    const first = await stream.open();
    log.append('two\n');
    assert.equal(await stream.pull(), null);
    stream.acknowledge(first.next);
    const second = await stream.pull();
    assert.deepEqual([second?.from, second?.text, second?.isSkip], [4, 'two\n', false]);
  });

  it('nothing new is nothing to send', async () => {
    const log = new FakeLog();
    const stream = log.stream();
    assert.equal((await stream.open()).text, '');
    assert.equal(await stream.pull(), null);
  });

  it('goes on near the end when it is far behind, and says so', async () => {
    const log = new FakeLog();
    log.append('start\n');
    const stream = log.stream();
    stream.acknowledge((await stream.open()).next);
    log.append('y'.repeat(500_000));
    const chunk = await stream.pull();
    assert.equal(chunk?.isSkip, true);
    assert.equal(chunk.next, 500_006);
  });

  it('starts over when the log was replaced by a shorter one', async () => {
    const log = new FakeLog();
    log.append('a long first version\n');
    const stream = log.stream();
    stream.acknowledge((await stream.open()).next);
    log.bytes = Buffer.from('new\n');
    const chunk = await stream.pull();
    assert.deepEqual([chunk?.from, chunk?.text, chunk?.isSkip], [0, 'new\n', true]);
  });

  it('ends once the attempt is over and all of it was sent', async () => {
    const log = new FakeLog();
    log.append('all\n');
    const stream = log.stream();
    stream.acknowledge((await stream.open()).next);
    log.isOver = true;
    const last = await stream.pull();
    assert.deepEqual([last?.text, last?.isOver], ['', true]);
    assert.equal(stream.hasEnded, true);
    assert.equal(await stream.pull(), null);
  });

  it('a log that is over and short is one chunk', async () => {
    const log = new FakeLog();
    log.append('all\n');
    log.isOver = true;
    assert.equal((await log.stream().open()).isOver, true);
  });

  it('a log that is not there yet is empty', async () => {
    const log = new FakeLog();
    log.bytes = null;
    const stream = log.stream();
    assert.equal((await stream.open()).text, '');
    log.append('now\n');
    assert.equal((await stream.pull())?.text, 'now\n');
  });

  it('the chunks make up the log exactly, wherever they are cut, and each fits into a message', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 3000 }), { maxLength: 12 }),
        async (parts) => {
          const log = new FakeLog();
          const stream = log.stream();
          let received = (await stream.open()).text;
          for (const part of parts) {
            log.append(part.repeat(2));
            for (let turn = 0; turn < 50; turn += 1) {
              const chunk = await stream.pull();
              if (chunk === null) break;
              assert.ok(isLogChunk(chunk) && jsonBytes(chunk) <= maxMessageBytes);
              received += chunk.text;
              stream.acknowledge(chunk.next);
            }
          }
          assert.equal(received, parts.map((part) => part.repeat(2)).join(''));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('text that grows when it is escaped is cut further', () => {
    const bytes = Buffer.alloc(maxLogChunkBytes, 1);
    const { text, length } = decodeFitting(bytes, false);
    assert.ok(jsonBytes(text) < maxMessageBytes);
    assert.ok(length > 1000 && length < bytes.length);
  });

  it('bytes that are no text are shown as replacements and hold nothing up', () => {
    const { text, length } = decodeFitting(Buffer.from([0x61, 0xff, 0xfe, 0x62]), false);
    assert.deepEqual([text, length], ['a\ufffd\ufffdb', 4]);
  });
});
