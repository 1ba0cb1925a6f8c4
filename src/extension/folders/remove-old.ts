import * as vscode from 'vscode';
import type { Log } from '../../engine/ports.ts';
import { removeExecutions } from '../../engine/store/state-follower.ts';
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { Folders } from './folders.ts';

const dayMs = 86_400_000;

/** Removes executions that are older than the setting allows; once per window is enough. */
export async function removeOld(folders: Folders, log: Log): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  for (const folder of folders.all) {
    const ids = oldExecutions(folder.state.executions, folder.settings.days, Date.now());
    if (ids.length === 0) continue;
    const removed = await removeExecutions(folder.stateFolder, ids);
    if (removed.ok) log.info(`removed ${String(removed.value)} old executions`);
    else log.warn(`old executions could not be removed: ${removed.error.message}`);
  }
}

/** Ids of what ended more than `days` days ago; none for 0 days. */
function oldExecutions(
  executions: readonly Execution[],
  days: number,
  nowMs: number,
): readonly string[] {
  if (days === 0) return [];
  return executions
    .filter(({ status, finishedAt }) => isExecutionOver(status) && finishedAt !== null)
    .filter(({ finishedAt }) => nowMs - Date.parse(finishedAt ?? '') > days * dayMs)
    .map(({ id }) => id);
}
