/** The whole list of executions: what the view shows, and what only the history or the journals know. */
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { nextTurn } from '../next-turn.ts';
import { systemClock } from '../ports.ts';
import { listExecutionIds, readExecution } from '../store/read-execution.ts';
import type { StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { sleep } from '../store/view-lock.ts';
import { bytesOf } from './find-gaps.ts';
import { summarizeExecution, type HistoryEntry } from './history-entry.ts';
import { matchesQuery } from './history-query.ts';
import {
  HistoryScan,
  readHistoryPage,
  type HistoryPage,
  type ListedExecution,
  type PageRequest,
} from './read-history.ts';
import { updateHistory, type HistoryUpdate } from './update-history.ts';

/** What may be told on the way. */
export type ListingOptions = Pick<HistoryUpdate, 'onProgress' | 'signal'>;

/** How often and how long somebody else's update is waited for. */
const busyTries = 30;
const busyPauseMs = 100;

/**
 * One page of all executions, newest first. The history is brought up to date before, unless the view has all that is
 * asked for; where that cannot be (a read-only folder) the journals are read, which is slow and just as right.
 */
export async function listExecutions(
  folder: StateFolder,
  view: readonly Execution[],
  request: PageRequest,
  options: ListingOptions = {},
): Promise<HistoryPage> {
  const fromView = pageFromView(folder, view, request);
  if (fromView !== null) return fromView;
  if (await isUpdated(folder, { ...options, search: 'names' })) {
    const page = readHistoryPage(folder, view, request);
    if (!page.isComplete) await isUpdated(folder, { ...options, search: 'all' });
    return page;
  }
  return pageFromJournals(folder, view, request);
}

/**
 * Every execution once, in the order newest first apart from those that were in the view: those come before. Other work
 * of the process goes on in between.
 */
export async function* allExecutions(
  folder: StateFolder,
  view: readonly Execution[],
  options: ListingOptions = {},
): AsyncGenerator<readonly HistoryEntry[]> {
  const known = new Set(view.map(({ id }) => id));
  yield view.map((execution) => summarizeExecution(execution));
  if (idsOf(folder).every((id) => known.has(id))) return;
  if (await isUpdated(folder, { ...options, search: 'names' })) {
    const scan = new HistoryScan(folder);
    for (const entries of scan.batches()) {
      yield entries.filter(({ id }) => !known.has(id));
      await nextTurn();
    }
    if (!scan.isComplete) await isUpdated(folder, { ...options, search: 'all' });
    return;
  }
  for (const id of idsOf(folder)) {
    if (known.has(id)) continue;
    const read = readExecution(folder, id);
    if (!read.ok || !isExecutionOver(read.value.status)) continue;
    yield [summarizeExecution(read.value, bytesOf(folder, id))];
  }
}

/** False when the history could not be brought up to date. */
async function isUpdated(folder: StateFolder, update: HistoryUpdate): Promise<boolean> {
  for (let tries = 0; tries < busyTries; tries += 1) {
    const updated = await updateHistory(folder, update);
    if (!updated.ok) return false;
    if (!updated.value.isBusy) return true;
    await sleep(systemClock, busyPauseMs);
  }
  return false;
}

/** The page if the view has all of it: it holds the newest, and often there are no others. */
function pageFromView(
  folder: StateFolder,
  view: readonly Execution[],
  { query, before, limit }: PageRequest,
): HistoryPage | null {
  const sorted = view.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  const oldest = sorted.findLast(({ status }) => isExecutionOver(status))?.id ?? '';
  const matching = sorted.filter(
    (execution) =>
      (before === undefined || execution.id < before) &&
      matchesQuery(summarizeExecution(execution), query),
  );
  const items = matching.slice(0, limit);
  const last = matching[limit];
  if (last !== undefined && last.id >= oldest) {
    return { items, next: items.at(-1)?.id ?? null, isComplete: true };
  }
  const known = new Set(view.map(({ id }) => id));
  if (last !== undefined || idsOf(folder).some((id) => !known.has(id))) return null;
  return { items, next: null, isComplete: true };
}

function pageFromJournals(
  folder: StateFolder,
  view: readonly Execution[],
  { query, before, limit }: PageRequest,
): HistoryPage {
  const known = new Map(view.map((execution) => [execution.id, execution]));
  const ids = new Set([...known.keys(), ...idsOf(folder)]);
  const items: ListedExecution[] = [];
  for (const id of [...ids].sort((a, b) => (a < b ? 1 : -1))) {
    if (items.length > limit) break;
    if (before !== undefined && id >= before) continue;
    const item = known.get(id) ?? entryFromJournal(folder, id);
    if (item === null) continue;
    const entry = 'bytes' in item ? item : summarizeExecution(item);
    if (matchesQuery(entry, query)) items.push(item);
  }
  const page = items.slice(0, limit);
  const next = items.length > limit ? (page.at(-1)?.id ?? null) : null;
  return { items: page, next, isComplete: true };
}

function entryFromJournal(folder: StateFolder, id: string): HistoryEntry | null {
  const read = readExecution(folder, id);
  return read.ok ? summarizeExecution(read.value, bytesOf(folder, id)) : null;
}

function idsOf(folder: StateFolder): readonly string[] {
  try {
    return listExecutionIds(folder);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return [];
  }
}
