import type { ChildProcess } from 'node:child_process';
import { close, write } from 'node:fs';
import type { Readable } from 'node:stream';
import { createSecretMask } from '../mask-secrets.ts';

/**
 * Copies both output streams of a process into an open log file with its secrets hidden; slower than a process that
 * writes its log itself, so only for workflows that have secrets. Owns the descriptor. Ends when both streams did.
 */
export async function maskInto(
  descriptor: number,
  child: ChildProcess,
  words: readonly string[],
): Promise<void> {
  const streams = [child.stdout, child.stderr].filter((stream) => stream !== null);
  try {
    await Promise.all(streams.map((stream) => copyMasked(stream, descriptor, words)));
  } finally {
    close(descriptor);
  }
}

async function copyMasked(
  stream: Readable,
  descriptor: number,
  words: readonly string[],
): Promise<void> {
  const mask = createSecretMask(words);
  try {
    for await (const chunk of stream) {
      // Awaiting each write is what slows the process down when the disk is slower than it is.
      await writeAll(descriptor, mask.push(chunk as Uint8Array));
    }
  } catch {
    // The stream broke with its process; what came so far counts.
  }
  await writeAll(descriptor, mask.end());
}

/** A log that cannot be written (a full disk) must not stop the task, so its bytes are dropped. */
async function writeAll(descriptor: number, bytes: Uint8Array): Promise<void> {
  let rest = bytes;
  while (rest.length > 0) {
    const count = await new Promise<number>((resolve) => {
      write(descriptor, rest, 0, rest.length, null, (error, written) => {
        resolve(error === null ? written : -1);
      });
    });
    if (count <= 0) return;
    rest = rest.subarray(count);
  }
}
