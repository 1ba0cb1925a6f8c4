/** Reads journals by the format's description alone, with none of the store's code: the judge of a storm. */
import fs from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/** One event that counts. */
export interface OracleRecord {
  readonly epoch: number;
  readonly seq: number;
  readonly type: string;
  readonly why: string | null;
  readonly token: string | null;
}

/** What the journals of one execution hold. */
export interface OracleReading {
  readonly records: readonly OracleRecord[];
  /** Complete lines that a paused owner wrote after it was taken over. */
  readonly voided: number;
  /** What is wrong with them; none should be. */
  readonly problems: readonly string[];
}

interface Line {
  readonly e: number;
  readonly s: number;
  readonly end: number;
  readonly events?: readonly {
    readonly type: string;
    readonly why?: string;
    readonly token?: string;
  }[];
  readonly claim?: { readonly prev: number; readonly prevBytes: number };
}

/** The effective journal of the execution in `folder`. */
export function readByFormat(folder: string): OracleReading {
  const journals = new Map<number, readonly Line[]>();
  for (const name of fs.readdirSync(folder)) {
    const match = /^journal\.(\d+)\.jsonl$/.exec(name);
    if (match !== null) journals.set(Number(match[1]), linesOf(path.join(folder, name)));
  }
  const problems: string[] = [];
  const chain: (readonly Line[])[] = [];
  let voided = 0;
  let wanted: Line['claim'];
  for (const epoch of [...journals.keys()].sort((a, b) => b - a)) {
    const lines = journals.get(epoch)!;
    if (lines[0]?.claim === undefined) continue;
    if (wanted !== undefined && epoch !== wanted.prev) continue;
    const limit = wanted?.prevBytes ?? Infinity;
    const counted = lines.filter((line) => line.end <= limit);
    voided += lines.length - counted.length;
    if (wanted !== undefined && counted.at(-1)?.end !== wanted.prevBytes) {
      problems.push(`journal ${epoch} ends at ${counted.at(-1)?.end}, not at ${limit}`);
    }
    chain.push(counted);
    wanted = lines[0].claim;
  }
  if (wanted?.prev !== 0) problems.push(`the chain ends before journal ${wanted?.prev}`);
  const records: OracleRecord[] = [];
  for (const line of chain.reverse().flat()) {
    if (line.claim !== undefined) {
      if (line.s !== records.length)
        problems.push(`claim ${line.e} at ${line.s} of ${records.length}`);
      continue;
    }
    for (const [index, event] of (line.events ?? []).entries()) {
      const seq = line.s + index;
      if (seq !== records.length + 1) problems.push(`record ${seq} after ${records.length}`);
      const { type, why = null, token = null } = event;
      records.push({ epoch: line.e, seq, type, why, token });
    }
  }
  return { records, voided, problems };
}

/** Complete lines with a right checksum, up to the first other one. */
function linesOf(file: string): readonly Line[] {
  const bytes = fs.readFileSync(file);
  const lines: Line[] = [];
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) return lines;
    const text = bytes.toString('utf8', start, end);
    const match = /^(.*),"c":"([0-9a-f]{8})"\}$/s.exec(text);
    if (match?.[1] === undefined) return lines;
    if (crc32(match[1]).toString(16).padStart(8, '0') !== match[2]) return lines;
    start = end + 1;
    lines.push({ ...(JSON.parse(text) as Line), end: start });
  }
}
