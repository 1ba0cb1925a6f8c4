/**
 * The lines of a journal. One commit is one line, so a torn write loses all of it or nothing:
 *
 *     {"e":1,"s":4,"events":[…],"c":"1a2b3c4d"}      e epoch, s seq of the first event, c CRC-32 of all before `,"c"`
 *     {"e":2,"s":9,"claim":{"prev":1,"prevBytes":812},"c":"…"}   the first line of each journal; s is the last seq before it
 */
import { crc32 } from 'node:zlib';
import type { ExecutionEvent } from '../../model/events.ts';

/** What a new epoch says about the one before: how many of its bytes count. 0 and 0 for the first. */
export interface ClaimOfEpoch {
  readonly prev: number;
  readonly prevBytes: number;
}

/** A line that passed all checks. */
export type JournalLine =
  | { readonly kind: 'events'; readonly seq: number; readonly events: readonly ExecutionEvent[] }
  | { readonly kind: 'claim'; readonly seq: number; readonly claim: ClaimOfEpoch };

/** What the bytes of a journal hold. */
export interface DecodedLines {
  readonly lines: readonly JournalLine[];
  /** Bytes of the good lines from the start; what follows is torn or not there yet. */
  readonly goodBytes: number;
  /** True when a good line follows a bad one: then bytes that once were good are not any more. */
  readonly isDamaged: boolean;
}

/** A line of events; `seq` is the first one's. */
export function encodeEvents(
  epoch: number,
  seq: number,
  events: readonly ExecutionEvent[],
): Uint8Array {
  return seal(`{"e":${String(epoch)},"s":${String(seq)},"events":${JSON.stringify(events)}`);
}

/** The first line of a journal. */
export function encodeClaim(epoch: number, seq: number, claim: ClaimOfEpoch): Uint8Array {
  return seal(`{"e":${String(epoch)},"s":${String(seq)},"claim":${JSON.stringify(claim)}`);
}

const sealBytes = ',"c":"00000000"}'.length;

function seal(body: string): Uint8Array {
  return Buffer.from(`${body},"c":"${checksum(Buffer.from(body))}"}\n`);
}

/** CRC-32 as eight hex digits. */
export function checksum(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

/** Reads lines until the first bad one. `bytes` starts at a line border; `epoch` is the file's. */
export function decodeLines(bytes: Uint8Array, epoch: number): DecodedLines {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines: JournalLine[] = [];
  let goodBytes = 0;
  let isDamaged = false;
  let hasBad = false;
  let start = 0;
  for (;;) {
    const end = buffer.indexOf(0x0a, start);
    if (end < 0) break;
    const raw = buffer.subarray(start, end);
    const line = decodeLine(raw, epoch);
    start = end + 1;
    if (line === null) {
      hasBad = true;
      isDamaged ||= hasSealInside(raw);
    } else if (hasBad) {
      isDamaged = true;
      break;
    } else {
      lines.push(line);
      goodBytes = start;
    }
  }
  return { lines, goodBytes, isDamaged };
}

/** Whether a bad line is a good one whose line end was lost. */
function hasSealInside(line: Buffer): boolean {
  for (const match of line.toString('latin1').matchAll(/,"c":"([0-9a-f]{8})"\}/g)) {
    if (checksum(line.subarray(0, match.index)) === match[1]) return true;
  }
  return false;
}

function decodeLine(line: Buffer, epoch: number): JournalLine | null {
  const bodyLength = line.length - sealBytes;
  if (bodyLength <= 0) return null;
  const expected = `,"c":"${checksum(line.subarray(0, bodyLength))}"}`;
  if (line.toString('latin1', bodyLength) !== expected) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.toString('utf8'));
  } catch {
    return null;
  }
  // The checksum says that we wrote it, so its shape is ours.
  const record = parsed as {
    e: number;
    s: number;
    events?: readonly ExecutionEvent[];
    claim?: ClaimOfEpoch;
  };
  if (record.e !== epoch) return null;
  if (record.events !== undefined) return { kind: 'events', seq: record.s, events: record.events };
  if (record.claim !== undefined) return { kind: 'claim', seq: record.s, claim: record.claim };
  return null;
}
