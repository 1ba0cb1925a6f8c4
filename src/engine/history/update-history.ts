/**
 * Keeps the history in step with the journals. Called by whoever finished an execution or wants to read the history,
 * never on the way of a change of state.
 */
import path from 'node:path';
import type { Execution } from '../../model/execution.ts';
import { err, ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { nextTurn } from '../next-turn.ts';
import { endedFolder, forgetEnded, listEnded, type ActiveMark } from '../store/active-marks.ts';
import { readExecution } from '../store/read-execution.ts';
import { executionFolder, type StateFolder } from '../store/state-folder.ts';
import { storageFailure } from '../store/storage-failure.ts';
import { makeFolder, removeQuietly } from '../store/write-file.ts';
import { bytesOf, changedAt, findGaps } from './find-gaps.ts';
import { summarizeExecution, type HistoryEntry } from './history-entry.ts';
import {
  appendRecent,
  emptyIndex,
  historyFolder,
  newName,
  readIndex,
  readRecent,
  sweepHistory,
  writeIndex,
  type HistoryIndex,
  type RecentEntries,
} from './history-files.ts';
import { takeHistoryLock } from './history-lock.ts';
import { mergeSegments } from './merge-segments.ts';

/** What should be done. */
export interface HistoryUpdate {
  /** Executions that ended just now; others are left out. */
  readonly put?: readonly Execution[];
  /** Executions that were removed just now. */
  readonly drop?: readonly string[];
  /**
   * Whether to look for what is missing: `names` compares the folders on the disk, `all` also reads the whole history
   * and finds what was spoiled, or retried without being told. Default: neither.
   */
  readonly search?: 'names' | 'all';
  /** Told now and then while many executions have to be read. */
  readonly onProgress?: (done: number, all: number) => void;
  /** Aborting ends it early; what was read until then is kept. */
  readonly signal?: AbortSignal;
}

/** What was done. `isBusy`: somebody else is at it, and nothing was done. */
export interface HistoryUpdated {
  readonly added: number;
  readonly removed: number;
  readonly isBusy: boolean;
}

/** Lines in `recent` at most: each look reads all of them. */
const maxRecent = 500;
/** Entries that are kept in memory before they are written. */
const batchSize = 1000;
/** How long other work of the process waits for us. */
const turnMs = 12;
/** How long a reader may need the files of the index that it read. */
const keepOldMs = 120_000;

/** Brings the history up to date. Code `storage`: it is as it was, or partly done; both are fine. */
export async function updateHistory(
  folder: StateFolder,
  update: HistoryUpdate,
): Promise<Result<HistoryUpdated>> {
  try {
    if (!folder.disk.exists(folder.root)) return ok({ added: 0, removed: 0, isBusy: false });
    const lock = takeHistoryLock(folder);
    if (lock === null) return ok({ added: 0, removed: 0, isBusy: true });
    try {
      // Where ends are told from now on.
      makeFolder(folder.disk, endedFolder(folder));
      const work = new HistoryWork(folder);
      for (const execution of update.put ?? []) work.put(execution);
      for (const id of update.drop ?? []) work.drop(id);
      if (update.search !== undefined) await search(folder, work, update);
      work.flush(true);
      work.forgetEnded();
      return ok({ added: work.added, removed: work.removed, isBusy: false });
    } finally {
      lock.dispose();
    }
  } catch (error) {
    return err(storageFailure('write the history', error));
  }
}

async function search(
  folder: StateFolder,
  work: HistoryWork,
  update: HistoryUpdate,
): Promise<void> {
  const { onProgress, signal } = update;
  const gaps = findGaps(folder, work.index, work.recent, update.search === 'all');
  work.adopt({ segments: gaps.segments, skipped: gaps.skipped });
  for (const id of gaps.gone) work.drop(id);
  const open: string[] = [];
  const skipped: Record<string, string> = { ...gaps.skipped };
  let isAll = true;
  let turnEnd = performance.now() + turnMs;
  for (const [done, id] of gaps.candidates.entries()) {
    if (signal?.aborted === true) {
      isAll = false;
      break;
    }
    const changed = changedAt(folder, executionFolder(folder, id));
    const read = readExecution(folder, id);
    if (read.ok && isExecutionOver(read.value.status)) work.put(read.value);
    else if (read.ok) open.push(id);
    else if (read.error.code === 'storage') isAll = false;
    else if (changed !== null) skipped[id] = changed;
    if (read.ok) work.lookedAt(id, read.value.epoch);
    else if (read.error.code !== 'storage') work.lookedAt(id, Infinity);
    work.flush(false);
    if (performance.now() < turnEnd) continue;
    onProgress?.(done + 1, gaps.candidates.length);
    await nextTurn();
    turnEnd = performance.now() + turnMs;
  }
  work.adopt({ open, skipped, seen: isAll ? gaps.seen : null });
}

/** The state of one update: what is on the disk, and what is still to be written. */
class HistoryWork {
  readonly #folder: StateFolder;
  readonly #changes: RecentEntries = new Map();
  #index: HistoryIndex;
  #recent: RecentEntries;
  #isIndexChanged: boolean;
  /** Marks that were there before anything was read, so that an end in between is not missed. */
  readonly #ended: readonly ActiveMark[];
  /** Up to which epoch an execution is in the history now, or in no state that it keeps. */
  readonly #lookedAt = new Map<string, number>();
  added = 0;
  removed = 0;

  constructor(folder: StateFolder) {
    this.#folder = folder;
    this.#ended = listEnded(folder);
    const index = readIndex(folder);
    this.#index = index ?? emptyIndex();
    this.#isIndexChanged = index === null;
    this.#recent = index === null ? new Map<string, never>() : readRecent(folder, index);
    if (index === null) sweepHistory(folder, this.#index);
  }

  get index(): HistoryIndex {
    return this.#index;
  }

  get recent(): RecentEntries {
    return this.#recent;
  }

  put(execution: Execution): void {
    const { id, status, epoch, seq } = execution;
    if (!isExecutionOver(status)) return;
    this.lookedAt(id, epoch);
    const known = this.#changes.get(id) ?? this.#recent.get(id);
    if (known !== undefined && known !== null) {
      if (known.epoch > epoch || (known.epoch === epoch && known.seq >= seq)) return;
    }
    this.#changes.set(id, summarizeExecution(execution, bytesOf(this.#folder, id)));
    this.added += 1;
  }

  lookedAt(id: string, epoch: number): void {
    this.#lookedAt.set(id, epoch);
  }

  drop(id: string): void {
    this.#changes.set(id, null);
    this.removed += 1;
  }

  adopt(change: Partial<HistoryIndex>): void {
    const before = JSON.stringify(this.#index);
    this.#index = { ...this.#index, ...change };
    this.#isIndexChanged ||= JSON.stringify(this.#index) !== before;
  }

  /** To be called when everything is written. */
  forgetEnded(): void {
    for (const mark of this.#ended) {
      if (mark.epoch <= (this.#lookedAt.get(mark.id) ?? 0)) forgetEnded(this.#folder, mark);
    }
  }

  /** Writes what came together: all of it, or only when it is much. */
  flush(isLast: boolean): void {
    if (!isLast && this.#changes.size < batchSize) return;
    const isMuch = this.#recent.size + this.#changes.size > maxRecent;
    if (isMuch) this.#merge();
    if (this.#isIndexChanged) writeIndex(this.#folder, this.#index);
    this.#isIndexChanged = false;
    // After the index, which may be new and name this file for the first time.
    if (!isMuch && this.#changes.size > 0) {
      appendRecent(this.#folder, this.#index, this.#changes);
      this.#take(this.#recent);
    }
  }

  #merge(): void {
    const all: RecentEntries = new Map(this.#recent);
    this.#take(all);
    const { segments, replaced } = mergeSegments(this.#folder, this.#index.segments, all);
    const atMs = Date.now();
    const { old, recent } = this.#index;
    const isKept = (file: { readonly atMs: number }): boolean => atMs - file.atMs < keepOldMs;
    for (const { file } of old.filter((file) => !isKept(file))) {
      removeQuietly(this.#folder.disk, path.join(historyFolder(this.#folder), file));
    }
    this.#index = {
      ...this.#index,
      segments,
      recent: newName('recent'),
      old: [...old.filter(isKept), ...[...replaced, recent].map((file) => ({ file, atMs }))],
    };
    this.#recent = new Map();
    this.#isIndexChanged = true;
  }

  #take(into: Map<string, HistoryEntry | null>): void {
    for (const [id, entry] of this.#changes) into.set(id, entry);
    this.#changes.clear();
  }
}
