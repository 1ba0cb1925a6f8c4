/** Verdicts from a single look, for a program that does not stay: `show`. */
import type { Execution, StuckVerdict } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { HistoryEntry } from '../history/history-entry.ts';
import { systemClock, type Clock } from '../ports.ts';
import { beatPath, logPath, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { sleep } from '../store/view-lock.ts';
import { readTreeCpu, type TreeCpu } from './cpu-time.ts';
import { defaultStuckAfterMs, judgeStuck, type TaskFacts } from './judge-stuck.ts';
import { currentOwner, isProcessAlive } from './owner.ts';
import { taskHistories } from './task-history.ts';

/** How long processes are looked at. */
const sampleMs = 300;

/**
 * What seems stuck now. Ages come from the times of files, and a process counts as idle when it uses no CPU for 0.3 s,
 * so this is a weaker word than `StuckWatch` gives. `all` are other executions, for what is usual.
 */
export async function judgeStuckNow(
  folder: StateFolder,
  execution: Execution,
  options: {
    readonly stuckAfterMs?: number;
    readonly all?: readonly Execution[];
    /** Older ones, for the same. */
    readonly past?: readonly HistoryEntry[];
    readonly clock?: Clock;
  } = {},
): Promise<readonly StuckVerdict[]> {
  if (isExecutionOver(execution.status)) return [];
  const { stuckAfterMs = defaultStuckAfterMs, all = [], past = [], clock = systemClock } = options;
  const wallMs = clock.wallMs();
  const busyOf = await sample(execution, clock);
  const tasks = new Map<string, TaskFacts>();
  for (const task of execution.tasks) {
    const attempt = task.attempts.at(-1);
    if (attempt === undefined || (task.status !== 'running' && task.status !== 'cancelling'))
      continue;
    const { pid, processStartTime } = attempt;
    const since = changedAt(folder, logPath(folder, attempt.log)) ?? Date.parse(attempt.startedAt);
    const silentMs = Math.max(0, wallMs - since);
    const isBusy = pid === null ? null : busyOf(pid);
    tasks.set(task.id, {
      silentMs,
      idleMs: isBusy === null ? null : isBusy ? 0 : silentMs,
      pid,
      isProcessAlive:
        isBusy === null || pid === null ? null : isProcessAlive(pid, processStartTime),
      cancellingMs: null,
    });
  }
  const beatAt = changedAt(folder, beatPath(folder, execution.id));
  const cancelledAt = execution.status === 'cancelling' ? execution.request?.at : undefined;
  return judgeStuck(execution, {
    wallMs,
    stuckAfterMs,
    tasks,
    history: taskHistories(execution, all, past),
    ownerSilentMs: beatAt === null ? null : Math.max(0, wallMs - beatAt),
    cancellingMs: cancelledAt === undefined ? null : wallMs - Date.parse(cancelledAt),
  });
}

/** Tells whether a process tree is busy; null where it cannot be read. */
async function sample(
  execution: Execution,
  clock: Clock,
): Promise<(pid: number) => boolean | null> {
  const self = currentOwner();
  const { owner } = execution;
  const isLocal =
    owner?.boot === self.boot &&
    owner.pidNamespace === self.pidNamespace &&
    owner.host === self.host;
  const pids = execution.tasks.flatMap((task) => task.attempts.at(-1)?.pid ?? []);
  const first = isLocal && pids.length > 0 ? await readTreeCpu(pids) : null;
  if (first === null) return () => null;
  await sleep(clock, sampleMs);
  const second = (await readTreeCpu(pids)) ?? new Map<number, TreeCpu>();
  return (pid) => {
    const a = first.get(pid);
    const b = second.get(pid);
    return a?.pids !== b?.pids || (b?.seconds ?? 0) - (a?.seconds ?? 0) > 0.01;
  };
}

function changedAt(folder: StateFolder, file: string): number | null {
  try {
    return Number(folder.disk.stat(file).mtimeNs / 1_000_000n);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}
