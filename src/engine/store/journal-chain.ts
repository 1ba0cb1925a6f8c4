/** The effective journal of an execution: the newest epoch and, of each one before, as many bytes as its successor counted. */
import { fail, type Failure, ok, type Result } from '../../model/result.ts';
import type { Execution, Timestamp } from '../../model/execution.ts';
import { Replay } from './fold-events.ts';
import { decodeLines, type ClaimOfEpoch, type DecodedLines } from './journal-line.ts';
import { executionFolder, isSafeId, journalPath, type StateFolder } from './state-folder.ts';
import { storageFailure } from './storage-failure.ts';
import { namesIn, readWhole } from './write-file.ts';

/** What the journals say. */
export interface Chain {
  readonly execution: Execution;
  /** The epoch whose journal is the newest on the chain, and how many bytes of it are good. */
  readonly epoch: number;
  readonly goodBytes: number;
  readonly seq: number;
  readonly lastAt: Timestamp | null;
  /** Goes on where the chain ends: for readers that follow it. */
  readonly replay: Replay;
}

/** Reads and folds all journals. Codes: `unknown-execution`, `damaged`, `storage`. */
export function readChain(folder: StateFolder, id: string): Result<Chain> {
  if (!isSafeId(id)) return unknown(id);
  try {
    return replayChain(folder, id);
  } catch (error) {
    return { ok: false, error: storageFailure(`read execution ${id}`, error) };
  }
}

/** One journal of the effective journal: its epoch and the lines of it that count. */
export interface JournalPart {
  readonly epoch: number;
  readonly decoded: DecodedLines;
}

/** The journals that count, oldest first; `problem` says why they are not whole, null when they are. */
export interface JournalParts {
  readonly parts: readonly JournalPart[];
  readonly problem: string | null;
}

/**
 * Walks from the newest epoch back, each one telling how many bytes of the one before count. Goes on after a problem,
 * as far as it can. Throws what the disk throws.
 */
export function readParts(folder: StateFolder, id: string): JournalParts {
  const parts: JournalPart[] = [];
  let problem: string | null = null;
  let wanted: ClaimOfEpoch | null = null;
  for (const epoch of epochsOf(folder, id, 'journal')) {
    if (wanted !== null && epoch !== wanted.prev) continue;
    const whole = readWhole(folder.disk, journalPath(folder, id, epoch)) ?? new Uint8Array();
    const counted: Uint8Array = wanted === null ? whole : whole.subarray(0, wanted.prevBytes);
    const decoded = decodeLines(counted, epoch);
    const first = decoded.lines[0];
    if (wanted !== null && decoded.goodBytes < wanted.prevBytes) problem ??= 'bytes are missing';
    if (decoded.isDamaged) problem ??= `journal ${String(epoch)} has a bad line`;
    if (first?.kind !== 'claim') {
      // A claimant that died before it wrote anything.
      if (wanted === null) continue;
      problem ??= `journal ${String(epoch)} does not start with a claim`;
      break;
    }
    parts.push({ epoch, decoded });
    wanted = first.claim;
    if (wanted.prev === 0) break;
  }
  const isOpen = wanted !== null && wanted.prev !== 0;
  if (isOpen) problem ??= `journal ${String(wanted?.prev)} is missing`;
  return { parts: parts.reverse(), problem };
}

function replayChain(folder: StateFolder, id: string): Result<Chain> {
  const { parts, problem } = readParts(folder, id);
  if (problem !== null) return damaged(id, problem);
  const head = parts.at(-1);
  if (head === undefined) return unknown(id);
  const replay = new Replay();
  for (const part of parts) {
    for (const line of part.decoded.lines) {
      const refused = replay.apply(line, part.epoch);
      if (refused !== null) return damaged(id, refused);
    }
  }
  const { execution } = replay;
  if (execution === null) return unknown(id);
  return ok({
    execution,
    epoch: head.epoch,
    goodBytes: head.decoded.goodBytes,
    seq: replay.seq,
    lastAt: replay.lastAt,
    replay,
  });
}

/** What can still be read of a damaged execution, up to the first gap; null when that is nothing. Throws what the disk throws. */
export function readGoodPart(folder: StateFolder, id: string): Execution | null {
  if (!isSafeId(id)) return null;
  const replay = new Replay();
  for (const epoch of epochsOf(folder, id, 'journal').reverse()) {
    const bytes = readWhole(folder.disk, journalPath(folder, id, epoch)) ?? new Uint8Array();
    const { lines, isDamaged } = decodeLines(bytes, epoch);
    for (const line of lines) {
      if (replay.apply(line, epoch) !== null) return replay.execution;
    }
    if (isDamaged) break;
  }
  return replay.execution;
}

/** The numbers of `journal.<n>.jsonl` or `owner.<n>` in the folder of an execution, highest first. */
export function epochsOf(folder: StateFolder, id: string, what: 'journal' | 'owner'): number[] {
  const pattern = what === 'journal' ? /^journal\.([1-9]\d*)\.jsonl$/ : /^owner\.([1-9]\d*)$/;
  return namesIn(folder.disk, executionFolder(folder, id))
    .map((name) => Number(pattern.exec(name)?.[1] ?? 0))
    .filter((epoch) => epoch > 0)
    .sort((a, b) => b - a);
}

function damaged(id: string, why: string): { readonly ok: false; readonly error: Failure } {
  return fail(
    'damaged',
    `the journal of execution ${id} is damaged: ${why}`,
    'It is shown as it was last seen and cannot be resumed; run the agent again.',
  );
}

function unknown(id: string): { readonly ok: false; readonly error: Failure } {
  return fail('unknown-execution', `there is no execution ${id}`);
}
