import { isExecutionOver } from '../../model/status.ts';
import { readExecution } from '../store/read-execution.ts';
import type { StateFolder } from '../store/state-folder.ts';
import { hasHistory } from './history-files.ts';
import { updateHistory } from './update-history.ts';

/**
 * Notes an execution that is over, with the executions of its tasks, where a history is kept. Whoever finished it calls
 * this last; when it fails or is left out, the next one who reads the history finds the gap.
 */
export async function noteFinished(folder: StateFolder, id: string): Promise<void> {
  if (!hasHistory(folder)) return;
  const ended = [];
  const waiting = [id];
  for (const next of waiting) {
    const read = readExecution(folder, next);
    if (!read.ok || !isExecutionOver(read.value.status)) continue;
    ended.push(read.value);
    for (const { child } of read.value.tasks) {
      if (child !== null && !waiting.includes(child)) waiting.push(child);
    }
  }
  if (ended.length > 0) await updateHistory(folder, { put: ended });
}
