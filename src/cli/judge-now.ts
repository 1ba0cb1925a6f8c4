import { stat } from 'node:fs/promises';
import { isProcessAlive } from '../engine/liveness/owner.ts';
import { judgeStuck, type TaskFacts } from '../engine/liveness/stuck.ts';
import { logPath, type StateFolder } from '../engine/store/state-folder.ts';
import type { Execution, StuckVerdict } from '../model/execution.ts';
import { isExecutionOver } from '../model/status.ts';

/** The default of the setting `agentExecutor.stuckAfter`. */
const stuckAfterMs = 120_000;

/**
 * The stuck verdicts on one execution from a single look: how old its logs are and whether its processes live. CPU
 * use needs two looks, so it is left out.
 */
export async function judgeNow(
  folder: StateFolder,
  execution: Execution,
  nowMs: number,
): Promise<readonly StuckVerdict[]> {
  if (isExecutionOver(execution.status)) return [];
  const tasks = new Map<string, TaskFacts>();
  for (const task of execution.tasks) {
    const attempt = task.attempts.at(-1);
    if (task.status !== 'running' || attempt === undefined) continue;
    const startedMs = Date.parse(attempt.startedAt);
    const writtenMs = await stat(logPath(folder, attempt.log)).then(
      ({ mtimeMs }) => Math.max(mtimeMs, startedMs),
      () => startedMs,
    );
    tasks.set(task.id, {
      silentMs: Math.max(0, nowMs - writtenMs),
      idleMs: null,
      pid: attempt.pid,
      isProcessAlive:
        attempt.pid === null ? null : isProcessAlive(attempt.pid, attempt.processStartTime),
    });
  }
  const requestedAt = execution.status === 'cancelling' ? execution.request?.at : undefined;
  return judgeStuck(execution, {
    wallMs: nowMs,
    stuckAfterMs,
    tasks,
    ownerSilentMs: null,
    cancellingMs: requestedAt === undefined ? null : Math.max(0, nowMs - Date.parse(requestedAt)),
  });
}
