import type { Timestamp } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';
import { newestExecutions, type FolderState } from '../folder-state.ts';

/** What the status bar item shows; null hides it. */
export interface StatusBarText {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
}

/** What stands now, over all folders. A child execution counts as part of its parent. */
export interface StatusCounts {
  readonly running: number;
  readonly waiting: number;
  readonly stuck: number;
  /** Agents whose newest execution failed or was interrupted since `since`. */
  readonly failed: number;
}

/** Counts over all folders; `since` keeps yesterday's failures out of today's status bar. */
export function countStatus(folders: readonly FolderState[], since: Timestamp): StatusCounts {
  let running = 0;
  let waiting = 0;
  let stuck = 0;
  let failed = 0;
  for (const folder of folders) {
    for (const execution of folder.executions) {
      if (execution.parent !== null || isExecutionOver(execution.status)) continue;
      if (execution.status === 'waiting') waiting += 1;
      else running += 1;
    }
    stuck += folder.verdicts.length;
    for (const execution of newestExecutions(folder.executions)) {
      const isBad = execution.status === 'failed' || execution.status === 'interrupted';
      if (!isBad || execution.parent !== null) continue;
      if (execution.finishedAt !== null && execution.finishedAt >= since) failed += 1;
    }
  }
  return { running, waiting, stuck, failed };
}

/** The item's text; null when there is nothing to say. */
export function statusBarText(
  counts: StatusCounts,
  t: Translate = inEnglish,
): StatusBarText | null {
  const parts: [icon: string, count: number, words: string][] = [
    ['$(loading~spin)', counts.running, t('{0} running', counts.running)],
    ['$(question)', counts.waiting, t('{0} waiting', counts.waiting)],
    ['$(warning)', counts.stuck, t('{0} stuck', counts.stuck)],
    ['$(error)', counts.failed, t('{0} failed', counts.failed)],
  ];
  const shown = parts.filter(([, count]) => count > 0);
  if (shown.length === 0) return null;
  const words = shown.map(([, , one]) => one).join(', ');
  return {
    text: shown.map(([icon, , one]) => `${icon} ${one}`).join('  '),
    tooltip: `Agent Executor: ${words}`,
    spoken: `Agent Executor: ${words}`,
  };
}
