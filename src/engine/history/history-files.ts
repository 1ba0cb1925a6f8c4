/**
 * The history's files. It is a cache of the journals: whatever is missing, torn or spoiled here is read from them again.
 *
 *     history/index.json           which segments count, and what was looked at; replaced in one step
 *     history/segment-<x>.jsonl    some hundred entries sorted by id; never changed once it is written
 *     history/recent-<x>.jsonl     what came since, one sealed line each, in any order
 */
import path from 'node:path';
import { checksum } from '../store/journal-line.ts';
import { temporaryFolder, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import {
  createFile,
  makeFolder,
  namesIn,
  readWhole,
  removeQuietly,
  writeAll,
} from '../store/write-file.ts';
import { uniqueName } from '../store/unique-name.ts';
import type { HistoryEntry } from './history-entry.ts';

/** One segment as the index describes it. */
export interface Segment {
  readonly file: string;
  /** Lowest and highest id in it. */
  readonly first: string;
  readonly last: string;
  readonly count: number;
  /** CRC-32 of its ids, each with a line end; compared with the folders on the disk. */
  readonly ids: string;
  /** CRC-32 of its bytes. */
  readonly crc: string;
}

/** What `index.json` holds. */
export interface HistoryIndex {
  readonly version: 1;
  /** Sorted by id; their ranges do not overlap. */
  readonly segments: readonly Segment[];
  readonly recent: string;
  /** Folders that could not be read, with the time of their last change then. */
  readonly skipped: Readonly<Record<string, string>>;
  /** Executions that were not over when they were looked at. */
  readonly open: readonly string[];
  /** The time of the last change of `executions/` when all in it was known; null when something may be missing. */
  readonly seen: string | null;
  /** Files that do not count any more, kept for a while for those who read them just now. */
  readonly old: readonly { readonly file: string; readonly atMs: number }[];
}

/** What came since the segments were written; null for an execution that is gone. */
export type RecentEntries = Map<string, HistoryEntry | null>;

/** The folder of the history. */
export function historyFolder(folder: StateFolder): string {
  return path.join(folder.root, 'history');
}

/** Whether a history is kept here already; it begins when somebody asks for more than the view shows. */
export function hasHistory(folder: StateFolder): boolean {
  return folder.disk.exists(indexPath(folder));
}

/** An index that knows nothing. */
export function emptyIndex(): HistoryIndex {
  return {
    version: 1,
    segments: [],
    recent: newName('recent'),
    skipped: {},
    open: [],
    seen: null,
    old: [],
  };
}

/** A name that was never used. */
export function newName(what: 'recent' | 'segment'): string {
  return `${what}-${uniqueName().slice(0, 13)}.jsonl`;
}

/** The index; null when there is none that can be used. Throws what the disk throws. */
export function readIndex(folder: StateFolder): HistoryIndex | null {
  const bytes = readWhole(folder.disk, indexPath(folder));
  const index = bytes === null ? null : openLine(Buffer.from(bytes).toString('utf8').trimEnd());
  // The seal says that we wrote it, so its shape is ours.
  return index?.['version'] === 1 ? (index as unknown as HistoryIndex) : null;
}

/** Replaces the index, and removes files that nobody reads any more. */
export function writeIndex(folder: StateFolder, index: HistoryIndex): void {
  const { disk } = folder;
  makeFolder(disk, temporaryFolder(folder));
  const draft = path.join(temporaryFolder(folder), `history-${uniqueName()}`);
  createFile(disk, draft, Buffer.from(sealLine(index)), { sync: false });
  try {
    disk.rename(draft, indexPath(folder));
  } catch (error) {
    removeQuietly(disk, draft);
    throw error;
  }
}

/** Removes files of the history that the index does not name. */
export function sweepHistory(folder: StateFolder, index: HistoryIndex): void {
  const named = new Set([
    'index.json',
    'lock',
    'ended',
    index.recent,
    ...index.segments.map(({ file }) => file),
    ...index.old.map(({ file }) => file),
  ]);
  const home = historyFolder(folder);
  for (const name of namesIn(folder.disk, home)) {
    if (!named.has(name)) removeQuietly(folder.disk, path.join(home, name));
  }
}

/** Writes entries, sorted by id, as a new segment. */
export function writeSegment(folder: StateFolder, entries: readonly HistoryEntry[]): Segment {
  const file = newName('segment');
  const bytes = Buffer.from(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  createFile(folder.disk, path.join(historyFolder(folder), file), bytes, { sync: false });
  return {
    file,
    first: entries[0]?.id ?? '',
    last: entries.at(-1)?.id ?? '',
    count: entries.length,
    ids: checksumOfIds(entries.map(({ id }) => id)),
    crc: checksum(bytes),
  };
}

/** The text of a segment, one entry a line; null when it is gone or spoiled. */
export function readSegmentText(folder: StateFolder, segment: Segment): string | null {
  try {
    const bytes = readWhole(folder.disk, path.join(historyFolder(folder), segment.file));
    if (bytes === null || checksum(bytes) !== segment.crc) return null;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}

/** The entries of a segment, sorted by id; null when it is gone or spoiled. */
export function readSegment(folder: StateFolder, segment: Segment): readonly HistoryEntry[] | null {
  const text = readSegmentText(folder, segment);
  if (text === null) return null;
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as HistoryEntry);
}

/** Of each execution the newest that was appended; lines that cannot be used are left out. Throws what the disk throws. */
export function readRecent(folder: StateFolder, index: HistoryIndex): RecentEntries {
  const recent: RecentEntries = new Map();
  const bytes = readWhole(folder.disk, path.join(historyFolder(folder), index.recent));
  if (bytes === null) return recent;
  for (const line of Buffer.from(bytes).toString('utf8').split('\n')) {
    const value = line === '' ? null : openLine(line);
    if (value === null) continue;
    if ('gone' in value) recent.set(String(value['id']), null);
    else recent.set(String(value['id']), value as unknown as HistoryEntry);
  }
  return recent;
}

/** Appends to what came since the segments. */
export function appendRecent(
  folder: StateFolder,
  index: HistoryIndex,
  changes: ReadonlyMap<string, HistoryEntry | null>,
): void {
  const lines = [...changes].map(([id, entry]) => sealLine(entry ?? { id, gone: true }));
  const fd = folder.disk.open(path.join(historyFolder(folder), index.recent), 'a');
  try {
    // A line that was cut short must not spoil the next one; empty lines mean nothing.
    writeAll(folder.disk, fd, Buffer.from(`\n${lines.join('')}`));
  } finally {
    folder.disk.close(fd);
  }
}

/** CRC-32 of ids, each with a line end. */
export function checksumOfIds(ids: readonly string[]): string {
  return checksum(Buffer.from(ids.map((id) => `${id}\n`).join('')));
}

function indexPath(folder: StateFolder): string {
  return path.join(historyFolder(folder), 'index.json');
}

const sealLength = ',"c":"00000000"}'.length;

function sealLine(value: object): string {
  const body = JSON.stringify(value).slice(0, -1);
  return `${body},"c":"${checksum(Buffer.from(body))}"}\n`;
}

function openLine(line: string): Record<string, unknown> | null {
  const body = line.slice(0, -sealLength);
  if (line.slice(-sealLength) !== `,"c":"${checksum(Buffer.from(body))}"}`) return null;
  try {
    const { c: _seal, ...value } = JSON.parse(line) as Record<string, unknown>;
    return value;
  } catch {
    return null;
  }
}
