/** Removes finished executions that are more than the limits allow. */
import { ok, type Result } from '../../model/result.ts';
import { nextTurn } from '../next-turn.ts';
import { listExecutionIds } from '../store/read-execution.ts';
import { removeExecutions } from '../store/remove-executions.ts';
import type { StateFolder } from '../store/state-folder.ts';
import type { HistoryEntry } from './history-entry.ts';
import { allExecutions } from './list-executions.ts';
import { planRetention, type RetentionLimits } from './plan-retention.ts';
import { updateHistory } from './update-history.ts';

/** What is more than the limits allow. */
export interface RetentionPlan {
  readonly ids: readonly string[];
  readonly bytes: number;
}

/** Deleting one takes about a millisecond; more at a time would be felt by whoever works beside. */
const batchSize = 10;

/** Finds what should go. What is not over, or cannot be read, is never among it. */
export async function planCleaning(
  folder: StateFolder,
  limits: RetentionLimits,
  onProgress?: (done: number, all: number) => void,
): Promise<RetentionPlan> {
  const [plan] = await planCleanings(folder, [limits], onProgress);
  return plan ?? { ids: [], bytes: 0 };
}

/** The same for several limits, one plan each, from one look. */
export async function planCleanings(
  folder: StateFolder,
  limits: readonly RetentionLimits[],
  onProgress?: (done: number, all: number) => void,
): Promise<readonly RetentionPlan[]> {
  const entries: HistoryEntry[] = [];
  for await (const some of allExecutions(
    folder,
    [],
    onProgress === undefined ? {} : { onProgress },
  )) {
    entries.push(...some);
  }
  const known = new Set(entries.map(({ id }) => id));
  const kept = new Set(listExecutionIds(folder).filter((id) => !known.has(id)));
  const nowMs = Date.now();
  return limits.map((some) => {
    const ids = planRetention(entries, kept, some, nowMs);
    const going = new Set(ids);
    const bytes = entries.reduce((sum, entry) => sum + (going.has(entry.id) ? entry.bytes : 0), 0);
    return { ids, bytes };
  });
}

/**
 * Removes what was planned, oldest first, a few at a time. Each is looked at again: one that runs by now, or cannot be
 * read any more, stays. Returns how many are gone. Codes: those of `removeExecutions`.
 */
export async function cleanExecutions(
  folder: StateFolder,
  ids: readonly string[],
  options: {
    readonly onProgress?: (done: number, all: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Result<number>> {
  let count = 0;
  for (let from = 0; from < ids.length; from += batchSize) {
    if (options.signal?.aborted === true) break;
    const batch = ids.slice(from, from + batchSize);
    const removed = await removeExecutions(folder, batch, { isReadableOnly: true });
    if (!removed.ok) return removed;
    count += removed.value;
    options.onProgress?.(Math.min(from + batchSize, ids.length), ids.length);
    await nextTurn();
  }
  if (count > 0) await updateHistory(folder, { search: 'names' });
  return ok(count);
}
