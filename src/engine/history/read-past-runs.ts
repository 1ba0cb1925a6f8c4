import { nextTurn } from '../next-turn.ts';
import type { StateFolder } from '../store/state-folder.ts';
import type { HistoryEntry } from './history-entry.ts';
import { HistoryScan } from './read-history.ts';

/** So many say what is usual; older ones may come from another machine or workflow. */
const enough = 200;
/** Parts of the history that are looked at, of up to a thousand executions each: an agent may not have run for long. */
const maxParts = 30;

/**
 * The newest finished executions of an agent as the history knows them, newest first; none where no history is kept.
 * Other work of the process goes on in between. Nothing is brought up to date for it.
 */
export async function readPastRuns(
  folder: StateFolder,
  agent: string,
): Promise<readonly HistoryEntry[]> {
  const found: HistoryEntry[] = [];
  let parts = 0;
  for (const entries of new HistoryScan(folder, { agent }).batches()) {
    found.push(...entries);
    parts += 1;
    if (found.length >= enough || parts >= maxParts) break;
    await nextTurn();
  }
  return found.slice(0, enough);
}
