import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LogDecoder } from '../../../../src/engine/logs/decode-log.ts';
import { followLog } from '../../../../src/engine/logs/follow-log.ts';
import { readLogRange, readLogTail, readLogTailNow } from '../../../../src/engine/logs/read-log.ts';
import { until, value } from '../store/fixtures.ts';

describe('a log', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'logs-'));
    file = path.join(folder, 'a.log');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('that is missing is empty', async () => {
    assert.deepEqual(value(await readLogTail(file, 10)), { text: '', from: 0, size: 0 });
  });

  it('is read from the start of a line at its end', async () => {
    fs.writeFileSync(file, 'one\ntwo\nthree\n');
    assert.deepEqual(value(await readLogTail(file, 8)), { text: 'three\n', from: 8, size: 14 });
    assert.deepEqual(value(await readLogTail(file, 100)).from, 0);
  });

  it('with one long line is cut at a character', async () => {
    fs.writeFileSync(file, 'äöü');
    assert.deepEqual(value(await readLogTail(file, 3)), { text: 'ü', from: 4, size: 6 });
  });

  it('is read to the same end at once', async () => {
    const texts = [null, '', 'one\ntwo\nthree\n', 'äöü', 'no line end', 'a\n\nb'];
    for (const text of texts) {
      if (text !== null) fs.writeFileSync(file, text);
      for (const bytes of [0, 1, 3, 8, 100]) {
        const meant = value(await readLogTail(file, bytes));
        assert.deepEqual(value(readLogTailNow(file, bytes)), meant, `${String(bytes)} of ${text}`);
      }
    }
    assert.equal(readLogTailNow(folder, 10).ok, false);
  });

  it('is read by ranges', async () => {
    fs.writeFileSync(file, 'abcdef');
    const { bytes, from, size } = value(await readLogRange(file, 2, 3));
    assert.deepEqual([Buffer.from(bytes).toString(), from, size], ['cde', 2, 6]);
    assert.equal(value(await readLogRange(file, 9, 3)).bytes.length, 0);
  });

  it('is followed from before it exists to its end, every byte once', async () => {
    let isOver = false;
    const decoder = new LogDecoder();
    let text = '';
    const following = followLog(file, {
      from: 0,
      isOver: () => isOver,
      onChunk: (bytes, from) => {
        assert.equal(from, Buffer.byteLength(text) + (text.length === 0 ? 0 : 0));
        text += decoder.push(bytes);
      },
    });
    fs.writeFileSync(file, 'a\n');
    await until('the first line', () => text === 'a\n');
    for (let index = 0; index < 50; index += 1) fs.appendFileSync(file, 'line\n');
    isOver = true;
    await following.finished;
    assert.equal(text, `a\n${'line\n'.repeat(50)}`);
  });

  it('that starts anew is followed from its new start', async () => {
    fs.writeFileSync(file, 'a long first content\n');
    let text = '';
    const following = followLog(file, {
      from: 0,
      isOver: () => false,
      onChunk: (bytes) => (text += Buffer.from(bytes).toString()),
    });
    await until('the first content', () => text.length > 0);
    fs.writeFileSync(file, 'new\n');
    await until('the new content', () => text.endsWith('new\n'));
    following.dispose();
    await following.finished;
  });

  it('keeps characters whole across pieces', () => {
    const bytes = Buffer.from('aü€😀');
    const decoder = new LogDecoder();
    let text = '';
    for (const byte of bytes) text += decoder.push(Uint8Array.of(byte));
    assert.equal(text + decoder.end(), 'aü€😀');
  });
});
