import { messageOf } from '../../model/result.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import type { Log } from '../ports.ts';

/** What is usual changes slowly. */
const freshMs = 10 * 60_000;

/** Past executions of agents, read in the background; nobody waits for them. */
export class PastRuns {
  readonly #read: (agent: string) => Promise<readonly HistoryEntry[]>;
  readonly #log: Log;
  readonly #known = new Map<string, { readonly atMs: number; entries: readonly HistoryEntry[] }>();

  constructor(read: (agent: string) => Promise<readonly HistoryEntry[]>, log: Log) {
    this.#read = read;
    this.#log = log;
  }

  /** What is known now; asking leads to knowing more a moment later. */
  of(agent: string, nowMs: number): readonly HistoryEntry[] {
    const known = this.#known.get(agent);
    if (known !== undefined && nowMs - known.atMs < freshMs) return known.entries;
    const fresh = { atMs: nowMs, entries: known?.entries ?? [] };
    this.#known.set(agent, fresh);
    this.#read(agent).then(
      (entries) => {
        fresh.entries = entries;
      },
      (error: unknown) => {
        this.#log.warn(`what is usual for ${agent} could not be read: ${messageOf(error)}`);
      },
    );
    return fresh.entries;
  }
}
