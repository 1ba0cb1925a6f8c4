import { readLogTail } from '../../engine/logs/read-log.ts';
import { logPath, type StateFolder } from '../../engine/store/state-folder.ts';
import type { Execution } from '../../model/execution.ts';
import { logEndLines, tasksToExplain, type LogEnd } from '../drawing/render-outcome.ts';

/** Enough for fifteen long lines. */
const endBytes = 16 * 1024;

/** The last lines of the newest attempt of the tasks that made an execution fail. */
export async function readLogEnds(folder: StateFolder, execution: Execution): Promise<LogEnd[]> {
  if (execution.status !== 'failed' && execution.status !== 'interrupted') return [];
  const ends: LogEnd[] = [];
  for (const task of tasksToExplain(execution)) {
    const log = task.attempts.at(-1)?.log;
    if (log === undefined) continue;
    const tail = await readLogTail(logPath(folder, log), endBytes);
    if (!tail.ok) continue;
    const text = tail.value.text.trimEnd();
    const lines = text === '' ? [] : text.split('\n');
    ends.push({
      task: task.id,
      lines: lines.slice(-logEndLines),
      isCut: lines.length > logEndLines || tail.value.from > 0,
    });
  }
  return ends;
}
