/** Reads parts of a log by byte offset. */
import fs from 'node:fs';
import { promisify } from 'node:util';
import { err, ok, type Result } from '../../model/result.ts';
import { errnoOf, storageFailure } from '../store/storage-failure.ts';

/** A piece of a log as text; `from` is the offset of its first byte, `size` the whole log's. */
export interface LogTail {
  readonly text: string;
  readonly from: number;
  readonly size: number;
}

/** A piece of a log as bytes. */
export interface LogRange {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly size: number;
}

/** At most the last `maxBytes` of a log, from the start of a line on where there is one. A missing file is empty. Code `storage`. */
export async function readLogTail(path: string, maxBytes: number): Promise<Result<LogTail>> {
  const range = await readBytes(path, (size) => Math.max(0, size - maxBytes), maxBytes);
  return range.ok ? ok(tailOf(range.value)) : range;
}

/**
 * The same at once. For who has just seen the log end: some KB that are still in memory are read in a tenth of the time
 * that the four threads take which Node starts for its first read of another kind.
 */
export function readLogTailNow(path: string, maxBytes: number): Result<LogTail> {
  try {
    const file = fs.openSync(path, 'r');
    try {
      const { size } = fs.fstatSync(file);
      const from = Math.max(0, size - maxBytes);
      const bytes = new Uint8Array(size - from);
      let done = 0;
      while (done < bytes.length) {
        const count = fs.readSync(file, bytes, done, bytes.length - done, from + done);
        if (count === 0) break;
        done += count;
      }
      return ok(tailOf({ bytes: bytes.subarray(0, done), from, size }));
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    return unreadable(error, tailOf);
  }
}

function tailOf({ bytes, from, size }: LogRange): LogTail {
  const skipped = from === 0 ? 0 : startOfLine(bytes);
  const { buffer, byteOffset, length } = bytes;
  const text = Buffer.from(buffer, byteOffset + skipped, length - skipped).toString('utf8');
  return { text, from: from + skipped, size };
}

/** At most `maxBytes` bytes from offset `from` on; none beyond the end or for a missing file. Code `storage`. */
export function readLogRange(
  path: string,
  from: number,
  maxBytes: number,
): Promise<Result<LogRange>> {
  return readBytes(path, () => from, maxBytes);
}

/** The first byte after a line end; without any, the first one that starts a character. */
function startOfLine(bytes: Uint8Array): number {
  const lineEnd = bytes.indexOf(0x0a);
  if (lineEnd >= 0) return lineEnd + 1;
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return start < 0 ? bytes.length : start;
}

// Not `node:fs/promises`, which takes 3 ms to load: of a run nothing else needs it.
const open = promisify(fs.open);
const stat = promisify(fs.fstat);
const read = promisify(fs.read);

async function readBytes(
  path: string,
  fromOf: (size: number) => number,
  maxBytes: number,
): Promise<Result<LogRange>> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await stat(file);
      const from = Math.min(Math.max(0, fromOf(size)), size);
      const bytes = new Uint8Array(Math.min(maxBytes, size - from));
      let done = 0;
      while (done < bytes.length) {
        const { bytesRead } = await read(file, bytes, done, bytes.length - done, from + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return ok({ bytes: bytes.subarray(0, done), from, size });
    } finally {
      // Nobody waits for it: nothing was written.
      fs.close(file, () => undefined);
    }
  } catch (error) {
    return unreadable(error, (range) => range);
  }
}

/** What is not there yet is empty. */
function unreadable<T>(error: unknown, of: (range: LogRange) => T): Result<T> {
  if (errnoOf(error) !== 'ENOENT') return err(storageFailure('read the log', error));
  return ok(of({ bytes: new Uint8Array(), from: 0, size: 0 }));
}
