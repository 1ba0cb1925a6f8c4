import { setImmediate as nextTurn } from 'node:timers/promises';
import { summarizeExecution, type HistoryEntry } from '../../engine/history/history-entry.ts';
import { HistoryScan } from '../../engine/history/read-history.ts';
import type { StateFolder } from '../../engine/store/state-folder.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { Insights, InsightsRequest } from '../../protocol/insights-messages.ts';
import { computeInsights, startOfDay, stripDays } from './compute-insights.ts';
import type { FolderExecution } from './dashboard-host.ts';

/** Reads finished executions that are not in the view any more, since a time. */
export type ReadHistory = (sinceMs: number) => Promise<readonly HistoryEntry[]>;

/** What is older than the view changes by being removed only: there is no need to read it often. */
const keepMs = 60_000;

/** Counts finished executions: those in the view as they are now, older ones as they were read last. */
export class InsightsFeed {
  readonly #read: ReadHistory;
  readonly #nowMs: () => number;
  readonly #summaries = new WeakMap<object, HistoryEntry>();
  #old: { readonly atMs: number; readonly entries: Promise<readonly HistoryEntry[]> } | null = null;

  constructor(read: ReadHistory, nowMs: () => number) {
    this.#read = read;
    this.#nowMs = nowMs;
  }

  /** The figures for a request. */
  async answer(items: readonly FolderExecution[], request: InsightsRequest): Promise<Insights> {
    const nowMs = this.#nowMs();
    if (this.#old === null || nowMs - this.#old.atMs > keepMs) {
      this.#old = { atMs: nowMs, entries: this.#read(startOfDay(nowMs, stripDays - 1)) };
    }
    const old = await this.#old.entries;
    const shown = new Set(items.map(({ execution }) => execution.id));
    const entries = items
      .filter(({ execution }) => isExecutionOver(execution.status))
      .map(({ execution }) => this.#summary(execution))
      .concat(old.filter(({ id }) => !shown.has(id)));
    return computeInsights(entries, request, nowMs);
  }

  #summary(execution: FolderExecution['execution']): HistoryEntry {
    const known = this.#summaries.get(execution);
    if (known !== undefined) return known;
    const made = summarizeExecution(execution);
    this.#summaries.set(execution, made);
    return made;
  }
}

/** Reads the history of folders, with turns for others between its parts. */
export async function readHistoryOf(
  folders: readonly StateFolder[],
  sinceMs: number,
): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  for (const folder of folders) {
    const scan = new HistoryScan(folder, { since: new Date(sinceMs).toISOString() });
    for (const batch of scan.batches()) {
      entries.push(...batch);
      await nextTurn();
    }
  }
  return entries;
}
