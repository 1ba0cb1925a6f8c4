import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { OutputMasks } from '../../../../../src/engine/run/mask-output.ts';
import { maskInto } from '../../../../../src/engine/run/task-kinds/masked-log.ts';

describe('the log of a task with secrets', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'agent-executor-log-'));
    file = path.join(folder, 'a.log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const piecesOf = (bytes: Buffer, size: number): Buffer[] =>
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );

  it('has every byte of both streams, in the order of each, with secrets hidden over the borders of pieces', async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${String(index)} of it\n`);
    const text = lines.join('').replaceAll('line 3', 'the secret 3');
    const stdout = Readable.from(piecesOf(Buffer.from(text), 7919));
    const stderr = Readable.from(piecesOf(Buffer.from('x'.repeat(500_000)), 4096));
    await maskInto(openSync(file, 'a'), { stdout, stderr }, () =>
      new OutputMasks().create(['secret']),
    );
    const written = readFileSync(file, 'utf8');
    assert.equal(written.replaceAll('x', '').length, text.replaceAll('secret', '***').length);
    assert.equal(written.replaceAll('x', ''), text.replaceAll('secret', '***'));
    assert.equal(written.split('x').length - 1, 500_000);
  });

  it('makes the process wait while the disk is behind', async () => {
    let given = 0;
    const pieces = function* (): Generator<Buffer> {
      for (; given < 200; given += 1) yield Buffer.alloc(65_536, 'a');
    };
    const stdout = Readable.from(pieces());
    const copied = maskInto(openSync(file, 'a'), { stdout, stderr: null }, () =>
      new OutputMasks().create(['secret']),
    );
    let most = 0;
    stdout.on('pause', () => (most = Math.max(most, given * 65_536 - readFileSync(file).length)));
    await copied;
    assert.equal(readFileSync(file).length, 200 * 65_536);
    assert.ok(most < 4 * 1024 * 1024, `${String(most)} bytes were waiting`);
  });

  it('ends when a stream breaks, with what came before', async () => {
    const stdout = Readable.from(
      (function* () {
        yield Buffer.from('before ');
        throw new Error('broken');
      })(),
    );
    await maskInto(openSync(file, 'a'), { stdout, stderr: null }, () =>
      new OutputMasks().create(['secret']),
    );
    assert.equal(readFileSync(file, 'utf8'), 'before ');
  });

  it('drops what cannot be written, and lets the process go on', async () => {
    closeSync(openSync(file, 'w'));
    const stdout = Readable.from([Buffer.from('one'), Buffer.from('two')]);
    await maskInto(openSync(file, 'r'), { stdout, stderr: null }, () =>
      new OutputMasks().create(['secret']),
    );
    assert.equal(readFileSync(file, 'utf8'), '');
  });
});
