import type { ChildProcess } from 'node:child_process';
import { close, writev } from 'node:fs';
import { finished, type Readable } from 'node:stream';
import type { SecretMask } from '../mask-secrets.ts';

/** What may wait for the disk: when it is slower than the process, the process has to wait as well. */
const maxWaitingBytes = 1024 * 1024;

/**
 * Copies both output streams of a process into an open log file with its secrets hidden; slower than a process that
 * writes its log itself, so only for workflows that have secrets. Owns the descriptor. Ends when both streams did.
 */
export async function maskInto(
  descriptor: number,
  child: Pick<ChildProcess, 'stdout' | 'stderr'>,
  createMask: () => SecretMask,
): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  try {
    await Promise.all(streams.map((stream) => copyMasked(stream, descriptor, createMask())));
  } finally {
    close(descriptor);
  }
}

/** Reads go on while a write is under way: what came meanwhile is the next write. */
function copyMasked(stream: Readable, descriptor: number, mask: SecretMask): Promise<void> {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let isWriting = false;
  let isOver = false;
  return new Promise((resolve) => {
    const writeWaiting = (): void => {
      if (isWriting) return;
      if (waiting.length === 0) {
        if (isOver) resolve();
        return;
      }
      const pieces = waiting;
      waiting = [];
      waitingBytes = 0;
      isWriting = true;
      stream.resume();
      writeAll(descriptor, pieces, () => {
        isWriting = false;
        writeWaiting();
      });
    };
    const add = (bytes: Uint8Array): void => {
      if (bytes.length > 0) waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes > maxWaitingBytes) stream.pause();
      writeWaiting();
    };
    stream.on('data', (chunk: Uint8Array) => {
      add(mask.push(chunk));
    });
    // A stream that breaks with its process ends like any other: what came so far counts.
    finished(stream, () => {
      isOver = true;
      add(mask.end());
    });
  });
}

/** A log that cannot be written (a full disk) must not stop the task, so its bytes are dropped. */
function writeAll(descriptor: number, pieces: readonly Uint8Array[], done: () => void): void {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  writev(descriptor, pieces, (error, written) => {
    if (error !== null || written <= 0 || written >= length) done();
    else writeAll(descriptor, [Buffer.concat(pieces).subarray(written)], done);
  });
}
