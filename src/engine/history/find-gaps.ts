/** Compares the history with the folders on the disk, reading no more of either than it must. */
import path from 'node:path';
import { listActive, listEnded } from '../store/active-marks.ts';
import { listExecutionIds } from '../store/read-execution.ts';
import {
  claimPath,
  executionFolder,
  executionsFolder,
  type StateFolder,
} from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { namesIn } from '../store/write-file.ts';
import {
  checksumOfIds,
  historyFolder,
  readSegment,
  type HistoryIndex,
  type RecentEntries,
  type Segment,
} from './history-files.ts';

/** How the history differs from the disk. */
export interface Gaps {
  /** Executions to read, newest first. */
  readonly candidates: readonly string[];
  /** Entries whose execution is not there any more. */
  readonly gone: readonly string[];
  /** The segments that can be used. */
  readonly segments: readonly Segment[];
  /** Of `skipped` those that are as they were. */
  readonly skipped: Readonly<Record<string, string>>;
  /** For `seen` once the candidates were read. */
  readonly seen: string | null;
}

/** A folder that changed so lately may change again without its time telling. */
const racyMs = 2000;

/**
 * What is missing and what is too much. Without `isThorough` only the names of folders are compared (and not even
 * those when none came or went); with it every segment is read, and executions that were retried since are found.
 */
export function findGaps(
  folder: StateFolder,
  index: HistoryIndex,
  recent: RecentEntries,
  isThorough: boolean,
): Gaps {
  const changedNs = changedAt(folder, executionsFolder(folder));
  const files = new Set(namesIn(folder.disk, historyFolder(folder)));
  const segments = index.segments.filter(
    (segment) => files.has(segment.file) && (!isThorough || readSegment(folder, segment) !== null),
  );
  const marks = [...listActive(folder), ...listEnded(folder)];
  const reopened = new Set(marks.map(({ id }) => id));
  for (const id of index.open) reopened.add(id);
  const isWhole = segments.length === index.segments.length;
  if (isWhole && !isThorough && index.seen !== null && index.seen === changedNs) {
    const { skipped, seen } = index;
    return { candidates: newestFirst(reopened), gone: [], segments, skipped, seen };
  }
  const ids = listExecutionIds(folder).toReversed();
  const onDisk = new Set(ids);
  const skipped = stillSkipped(folder, index);
  const candidates = new Set([...reopened].filter((id) => onDisk.has(id)));
  const gone = new Set<string>();
  const look = (id: string, isKnown: boolean): void => {
    if (!isKnown && !Object.hasOwn(skipped, id)) candidates.add(id);
  };
  for (const [id, entry] of recent) {
    if (onDisk.has(id)) look(id, entry !== null);
    else if (entry !== null) gone.add(id);
  }
  const others = ids.filter(
    (id) => !recent.has(id) && !Object.hasOwn(skipped, id) && !reopened.has(id),
  );
  for (const [segment, range] of rangesOf(segments, others)) {
    if (segment !== null && checksumOfIds(range) === segment.ids) continue;
    const known = new Set(
      segment === null ? [] : readSegment(folder, segment)?.map(({ id }) => id),
    );
    for (const id of range) look(id, known.has(id));
    for (const id of known) if (!onDisk.has(id) && !recent.has(id)) gone.add(id);
  }
  if (isThorough) for (const id of restarted(folder, segments, recent)) candidates.add(id);
  const isRacy = changedNs !== null && Date.now() - Number(BigInt(changedNs) / 1_000_000n) < racyMs;
  const seen = isRacy ? null : changedNs;
  return { candidates: newestFirst(candidates), gone: [...gone], segments, skipped, seen };
}

/** When something in a folder came or went last, in nanoseconds as text; null when it is not there. */
export function changedAt(folder: StateFolder, place: string): string | null {
  try {
    return String(folder.disk.stat(place).mtimeNs);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}

function newestFirst(ids: ReadonlySet<string>): readonly string[] {
  return [...ids].sort((a, b) => (a < b ? 1 : -1));
}

function stillSkipped(folder: StateFolder, { skipped }: HistoryIndex): Record<string, string> {
  const still = Object.entries(skipped).filter(
    ([id, changed]) => changedAt(folder, executionFolder(folder, id)) === changed,
  );
  return Object.fromEntries(still);
}

/** Ids (ascending) per segment: each segment has those from its first one to the next segment's. */
function rangesOf(
  segments: readonly Segment[],
  ids: readonly string[],
): readonly (readonly [Segment | null, readonly string[]])[] {
  if (segments.length === 0) return [[null, ids]];
  const ranges: [Segment, string[]][] = segments.map((segment) => [segment, []]);
  let at = 0;
  for (const id of ids) {
    while (at + 1 < segments.length && (segments[at + 1]?.first ?? '') <= id) at += 1;
    ranges[at]?.[1].push(id);
  }
  return ranges;
}

/** Entries whose execution was claimed by somebody since: it was retried or resumed. */
function restarted(
  folder: StateFolder,
  segments: readonly Segment[],
  recent: RecentEntries,
): readonly string[] {
  const found: string[] = [];
  const check = (id: string, epoch: number): void => {
    if (folder.disk.exists(claimPath(folder, id, epoch + 1))) found.push(id);
  };
  for (const [id, entry] of recent) if (entry !== null) check(id, entry.epoch);
  for (const segment of segments) {
    for (const { id, epoch } of readSegment(folder, segment) ?? []) {
      if (!recent.has(id)) check(id, epoch);
    }
  }
  return found;
}

/** What the files of an execution take, in bytes; what cannot be read counts nothing. Throws what is no file system's error. */
export function bytesOf(folder: StateFolder, id: string): number {
  const home = executionFolder(folder, id);
  let sum = 0;
  for (const name of namesIn(folder.disk, home)) {
    try {
      const stat = folder.disk.stat(path.join(home, name));
      if (stat.isFile()) sum += Number(stat.size);
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
  }
  return sum;
}
