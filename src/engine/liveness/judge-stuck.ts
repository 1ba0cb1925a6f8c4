/** Judges what does not move, with evidence. A verdict is derived, never stored, and ends by itself. */
import { formatDuration } from '../../model/duration.ts';
import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver, isTaskOver } from '../../model/status.ts';

/** What was observed of a task that runs or is being cancelled. All times by the observer's own clock. */
export interface TaskFacts {
  /** For how long nothing was written to its log. */
  readonly silentMs: number;
  /** For how long its processes used no CPU; null where that cannot be read. */
  readonly idleMs: number | null;
  readonly pid: number | null;
  /** Null when there is no process or it cannot be told. */
  readonly isProcessAlive: boolean | null;
  /** For how long it has been cancelling; null when it is not. */
  readonly cancellingMs: number | null;
}

/** How long a task took when it succeeded before. */
export interface TaskHistory {
  readonly runs: number;
  readonly p95Ms: number;
}

/** What a verdict is based on. */
export interface StuckFacts {
  readonly wallMs: number;
  /** For a task that says nothing of its own. */
  readonly stuckAfterMs: number;
  readonly tasks: ReadonlyMap<string, TaskFacts>;
  readonly history?: ReadonlyMap<string, TaskHistory>;
  /** For how long the owner gave no sign of life; null when that is not known. */
  readonly ownerSilentMs: number | null;
  /** For how long the execution has been cancelling; null when it is not. */
  readonly cancellingMs: number | null;
}

/** When nothing is said: two minutes. */
export const defaultStuckAfterMs = 120_000;
/** An owner beats every two seconds. */
const ownerSilentAfterMs = 30_000;
/** The last means, a kill, comes after ten. */
const cancelSlowAfterMs = 30_000;
/** So many successful runs say what is usual. */
const enoughRuns = 5;

/** The verdicts on one execution. Pure. */
export function judgeStuck(execution: Execution, facts: StuckFacts): readonly StuckVerdict[] {
  if (isExecutionOver(execution.status)) return [];
  const verdicts: StuckVerdict[] = [];
  const add = (
    kind: StuckVerdict['kind'],
    task: string | null,
    forMs: number,
    evidence: string,
  ): void => {
    const since = new Date(facts.wallMs - forMs).toISOString();
    verdicts.push({ kind, execution: execution.id, task, since, evidence });
  };

  const { ownerSilentMs } = facts;
  if (ownerSilentMs !== null && ownerSilentMs >= ownerSilentAfterMs) {
    const pid = execution.owner === null ? '' : ` (process ${String(execution.owner.pid)})`;
    const evidence = `no sign of life of the runner${pid} for ${formatDuration(ownerSilentMs)}`;
    add('owner-silent', null, ownerSilentMs, evidence);
  }
  for (const task of execution.tasks) {
    const seen = facts.tasks.get(task.id);
    if (seen === undefined) continue;
    const { cancellingMs } = seen;
    if (cancellingMs !== null && cancellingMs >= cancelSlowAfterMs) {
      const evidence = `cancelling for ${formatDuration(cancellingMs)}${processWords(seen)}`;
      add('cancel-slow', task.id, cancellingMs, evidence);
    } else if (task.status === 'running' && isSilent(task, seen, facts)) {
      const evidence = `no output for ${formatDuration(seen.silentMs)}${processWords(seen)}${historyWords(task, facts)}`;
      add('silent-task', task.id, seen.silentMs, evidence);
    }
  }
  const { cancellingMs } = facts;
  const isCleaningUp = execution.tasks.some((task) => task.isFinally && !isTaskOver(task.status));
  const hasSlowTask = verdicts.some((verdict) => verdict.kind === 'cancel-slow');
  if (cancellingMs !== null && cancellingMs >= cancelSlowAfterMs && !isCleaningUp && !hasSlowTask) {
    add('cancel-slow', null, cancellingMs, `cancelling for ${formatDuration(cancellingMs)}`);
  }
  return verdicts;
}

function isSilent(task: TaskExecution, seen: TaskFacts, facts: StuckFacts): boolean {
  // A child execution is judged by its own tasks.
  if (task.kind === 'uses') return false;
  const limitMs = stuckAfter(task, facts);
  return seen.silentMs >= limitMs && (seen.idleMs === null || seen.idleMs >= limitMs);
}

/** The task's own word, else the setting; and never less than three times what it usually takes. */
function stuckAfter(task: TaskExecution, facts: StuckFacts): number {
  const saidMs = task.stuckAfterMs ?? facts.stuckAfterMs;
  const history = facts.history?.get(task.id);
  if (history === undefined || history.runs < enoughRuns) return saidMs;
  return Math.max(saidMs, 3 * history.p95Ms);
}

function processWords(seen: TaskFacts): string {
  if (seen.pid === null) return '';
  const pid = `; process ${String(seen.pid)}`;
  if (seen.isProcessAlive === false) return `${pid} is gone`;
  if (seen.isProcessAlive === null) return `${pid}, whose CPU use is not known here`;
  if (seen.idleMs === null) return `${pid} alive, CPU use not known here`;
  return seen.idleMs > 0 ? `${pid} alive, idle` : `${pid} alive, busy`;
}

function historyWords(task: TaskExecution, facts: StuckFacts): string {
  const history = facts.history?.get(task.id);
  if (history === undefined || history.runs < enoughRuns) return '';
  return `; p95 of ${String(history.runs)} runs: ${formatDuration(history.p95Ms)}`;
}
