/** Reads the history page by page, newest first. */
import type { Execution, Timestamp } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { listExecutionIds, readExecution } from '../store/read-execution.ts';
import { claimPath, executionFolder, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { summarizeExecution, type HistoryEntry } from './history-entry.ts';
import {
  readIndex,
  readRecent,
  readSegmentText,
  type HistoryIndex,
  type RecentEntries,
} from './history-files.ts';
import { matchesQuery, segmentFilter, type HistoryQuery } from './history-query.ts';
import { bytesOf } from './find-gaps.ts';

/** What a page holds: whole executions from the view, summaries of older ones. */
export type ListedExecution = Execution | HistoryEntry;

/** Some executions, newest first. */
export interface HistoryPage {
  readonly items: readonly ListedExecution[];
  /** For `before` of the next page; null when there is none. */
  readonly next: string | null;
  /** False when a part of the history is missing or spoiled: an update with `search: 'all'` mends it. */
  readonly isComplete: boolean;
}

/** Which page. */
export interface PageRequest {
  readonly query: HistoryQuery;
  /** Only executions with a lower id. */
  readonly before?: string;
  readonly limit: number;
}

/**
 * One page. `view` is what a snapshot shows; it wins over the history. Each summary is checked to be true still, so a
 * page costs some file system calls for each of its rows and the reading of a few hundred entries, however long the
 * history is. Never throws for what the disk does.
 */
export function readHistoryPage(
  folder: StateFolder,
  view: readonly Execution[],
  request: PageRequest,
): HistoryPage {
  const { query, before, limit } = request;
  const items: ListedExecution[] = [];
  const known = new Set(view.map(({ id }) => id));
  const waiting = view
    .filter(({ id }) => before === undefined || id < before)
    .filter((execution) => matchesQuery(summarizeExecution(execution), query))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  const scan = new HistoryScan(folder, query, before);
  for (const entries of scan.batches()) {
    for (const entry of entries) {
      if (known.has(entry.id)) continue;
      while (waiting[0] !== undefined && waiting[0].id > entry.id) items.push(...take(waiting));
      if (items.length > limit) break;
      const current = currentEntry(folder, entry);
      if (current !== null && matchesQuery(current, query)) items.push(current);
      if (items.length > limit) break;
    }
    if (items.length > limit) break;
  }
  while (items.length <= limit && waiting.length > 0) items.push(...take(waiting));
  const page = items.slice(0, limit);
  const next = items.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { items: page, next, isComplete: scan.isComplete };
}

function take<T>(waiting: T[]): T[] {
  return waiting.splice(0, 1);
}

/** The entry as it is now; null when it is gone or runs again. */
function currentEntry(folder: StateFolder, entry: HistoryEntry): HistoryEntry | null {
  const { disk } = folder;
  if (!disk.exists(executionFolder(folder, entry.id))) return null;
  if (!disk.exists(claimPath(folder, entry.id, entry.epoch + 1))) return entry;
  const read = readExecution(folder, entry.id);
  if (!read.ok) return entry;
  if (!isExecutionOver(read.value.status)) return null;
  return summarizeExecution(read.value, bytesOf(folder, entry.id));
}

/** One walk through the history, newest first, a segment at a time; a caller may pause between two of them. */
export class HistoryScan {
  readonly #folder: StateFolder;
  readonly #query: HistoryQuery;
  readonly #before: string | undefined;
  /** False once a part was found missing or spoiled; what was spoiled is read from the journals. */
  isComplete = true;

  constructor(folder: StateFolder, query: HistoryQuery = {}, before?: string) {
    this.#folder = folder;
    this.#query = query;
    this.#before = before;
  }

  /** Entries that match, each id once; not checked against the disk. */
  *batches(): Generator<readonly HistoryEntry[]> {
    const loaded = this.#load();
    if (loaded === null) return;
    const { index, recent } = loaded;
    const fresh = [...recent.values()].filter((entry) => entry !== null);
    fresh.sort((a, b) => (a.id < b.id ? 1 : -1));
    for (const segment of index.segments.toReversed()) {
      const lower = segment.first;
      const newer = fresh.splice(
        0,
        countWhile(fresh, ({ id }) => id >= lower),
      );
      const isBefore = this.#before === undefined || segment.first < this.#before;
      const old = isBefore ? this.#entriesOf(segment, recent) : [];
      const both = [...newer, ...old].sort((a, b) => (a.id < b.id ? 1 : -1));
      yield both.filter((entry) => this.#isWanted(entry));
      if (isOlderThan(segment.first, this.#query.since)) return;
    }
    yield fresh.filter((entry) => this.#isWanted(entry));
  }

  #isWanted(entry: HistoryEntry): boolean {
    if (this.#before !== undefined && entry.id >= this.#before) return false;
    return matchesQuery(entry, this.#query);
  }

  #entriesOf(
    segment: HistoryIndex['segments'][number],
    recent: RecentEntries,
  ): readonly HistoryEntry[] {
    const text = readSegmentText(this.#folder, segment);
    if (text === null) return this.#fromJournals(segment);
    const mayMatch = segmentFilter(this.#query);
    if (!mayMatch(text)) return [];
    return text
      .split('\n')
      .filter((line) => line !== '' && mayMatch(line))
      .map((line) => JSON.parse(line) as HistoryEntry)
      .filter(({ id }) => !recent.has(id));
  }

  /** What a spoiled segment should have. Slow, until the next thorough update. */
  #fromJournals({ first, last }: HistoryIndex['segments'][number]): readonly HistoryEntry[] {
    this.isComplete = false;
    return listExecutionIds(this.#folder)
      .filter((id) => id >= first && id <= last)
      .flatMap((id) => {
        const read = readExecution(this.#folder, id);
        const isOver = read.ok && isExecutionOver(read.value.status);
        return isOver ? [summarizeExecution(read.value, bytesOf(this.#folder, id))] : [];
      });
  }

  #load(): { readonly index: HistoryIndex; readonly recent: RecentEntries } | null {
    try {
      const index = readIndex(this.#folder);
      if (index !== null) return { index, recent: readRecent(this.#folder, index) };
    } catch (error) {
      if (errnoOf(error) === null) throw error;
    }
    this.isComplete = false;
    return null;
  }
}

function countWhile<T>(items: readonly T[], isTrue: (item: T) => boolean): number {
  const end = items.findIndex((item) => !isTrue(item));
  return end < 0 ? items.length : end;
}

/** Whether all before this id was created before a time; ids begin with it, to the second. */
function isOlderThan(id: string, since: Timestamp | undefined): boolean {
  if (since === undefined || !/^\d{8}-\d{6}-/.test(id)) return false;
  const digits = since.replace(/[-:T]/g, '');
  return id.slice(0, 15) < `${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}
