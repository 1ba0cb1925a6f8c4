/** Marks executions whose owner is proved gone as interrupted. */
import type { Execution, Owner, Timestamp } from '../../model/execution.ts';
import { ok } from '../../model/result.ts';
import { isExecutionOver, isTaskOver } from '../../model/status.ts';
import { readChain } from '../store/journal-chain.ts';
import { claimExecution } from '../store/owned-execution.ts';
import { beatPath, type StateFolder } from '../store/state-folder.ts';
import { errnoOf } from '../store/storage-failure.ts';
import { currentOwner, isProcessAlive, isSameProcess, judgeOwner, mayLive } from './owner.ts';

/**
 * The new states of those that were recovered here. Losing the race to another process is no error, and what cannot
 * be recorded now (a full disk) is left for the next call. Processes that outlived their runner are left alone.
 */
export function recoverInterrupted(
  folder: StateFolder,
  executions: readonly Execution[],
): readonly Execution[] {
  const recovered: Execution[] = [];
  for (const execution of executions) {
    if (isExecutionOver(execution.status) || execution.owner === null) continue;
    if (!isGone(folder, execution, execution.owner)) continue;
    const interrupted = interrupt(folder, execution.id);
    if (interrupted !== null) recovered.push(interrupted);
  }
  return recovered;
}

/** But on Linux a process is started to look at one: an owner that may live and gave a sign of life is not looked at. */
function isGone(folder: StateFolder, execution: Execution, owner: Owner): boolean {
  if (process.platform !== 'linux' && owner.pid !== process.pid && mayLive(owner)) {
    const beatAt = lastBeat(folder, execution.id);
    if (beatAt !== null && Math.abs(Date.now() - beatAt) < 10_000) return false;
  }
  // A recovery of our own that could not be finished before: see `claimExecution`.
  return judgeOwner(owner) === 'gone' || isSameProcess(owner, currentOwner());
}

function interrupt(folder: StateFolder, id: string): Execution | null {
  const before = readChain(folder, id);
  if (!before.ok || isExecutionOver(before.value.execution.status)) return null;
  const { execution, lastAt } = before.value;
  const claimed = claimExecution(folder, id, {
    owner: currentOwner(),
    why: 'recovery',
    first: (now) => {
      if (isExecutionOver(now.status)) return ok([]);
      const at = new Date().toISOString();
      const message = describe(folder, execution, lastAt);
      const end = { status: 'interrupted', reason: null, message, outputs: {} } as const;
      return ok([{ type: 'execution-finished', at, ...end }]);
    },
  });
  if (!claimed.ok) return null;
  const { state } = claimed.value;
  claimed.value.dispose();
  return state.status === 'interrupted' ? state : null;
}

function describe(folder: StateFolder, execution: Execution, lastAt: Timestamp | null): string {
  const beatAt = lastBeat(folder, execution.id);
  const beat = beatAt === null ? null : new Date(beatAt).toISOString();
  const since = [lastAt, beat]
    .filter((time) => time !== null)
    .sort()
    .at(-1);
  const runner =
    execution.owner === null ? 'the runner' : `the runner (process ${String(execution.owner.pid)})`;
  const last = since === undefined ? '' : `; its last sign of life is of ${since}`;
  return [`${runner} is gone${last}`, ...survivors(execution)].join('. ');
}

/** Tasks whose process is still there, where that can be told for certain. */
function survivors(execution: Execution): string[] {
  if (execution.owner?.boot !== currentOwner().boot) return [];
  const sentences: string[] = [];
  for (const task of execution.tasks) {
    const attempt = task.attempts.at(-1);
    if (isTaskOver(task.status) || attempt === undefined) continue;
    const { pid, processStartTime } = attempt;
    if (pid === null || processStartTime === null) continue;
    if (isProcessAlive(pid, processStartTime)) {
      sentences.push(`Process ${String(pid)} of task "${task.id}" still runs and was left alone`);
    }
  }
  return sentences;
}

function lastBeat(folder: StateFolder, id: string): number | null {
  try {
    return Number(folder.disk.stat(beatPath(folder, id)).mtimeNs / 1_000_000n);
  } catch (error) {
    if (errnoOf(error) === null) throw error;
    return null;
  }
}
