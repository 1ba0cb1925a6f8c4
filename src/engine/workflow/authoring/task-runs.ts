import { formatDuration } from '../../../model/duration.ts';
import type { Execution, TaskExecution } from '../../../model/execution.ts';

/** One run of a task, or of all combinations of it. */
export interface TaskRun {
  readonly execution: string;
  /** The task itself; of a matrix the combination that counts most. */
  readonly task: string;
  readonly status: string;
  /** When the task started, or the execution was made where it did not start. ISO 8601. */
  readonly at: string;
  /** Null while it runs and when it did not start. */
  readonly durationMs: number | null;
  readonly attempts: number;
  /** Why it failed, in words. */
  readonly failure: string | null;
}

/** The newest runs of a task, from executions that come newest first. */
export function runsOf(
  executions: readonly Execution[],
  agent: string,
  task: string,
  limit: number,
): readonly TaskRun[] {
  const runs: TaskRun[] = [];
  for (const execution of executions) {
    if (runs.length >= limit) break;
    if (execution.agent !== agent) continue;
    const found = execution.tasks.filter((one) => one.id === task || one.group === task);
    if (found.length > 0) runs.push(toRun(execution, found));
  }
  return runs;
}

/** The newest run of each task of an execution, by the id that the file has. */
export function runsOfExecution(execution: Execution): ReadonlyMap<string, TaskRun> {
  const groups = new Map<string, TaskExecution[]>();
  for (const task of execution.tasks) {
    const id = task.group ?? task.id;
    const list = groups.get(id);
    if (list === undefined) groups.set(id, [task]);
    else list.push(task);
  }
  return new Map([...groups].map(([id, tasks]) => [id, toRun(execution, tasks)]));
}

/** The status that counts most among the combinations of a matrix. */
const order = [
  'failed',
  'running',
  'cancelling',
  'retrying',
  'waiting',
  'interrupted',
  'pending',
  'cancelled',
  'succeeded',
  'skipped',
];

function toRun(execution: Execution, tasks: readonly TaskExecution[]): TaskRun {
  const sorted = [...tasks].sort(
    (left, right) => order.indexOf(left.status) - order.indexOf(right.status),
  );
  const status = sorted[0]?.status ?? 'pending';
  const starts = tasks.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = tasks.flatMap(({ finishedAt }) => finishedAt ?? []).sort();
  const [start] = starts;
  const end = ends.length === tasks.length ? ends.at(-1) : undefined;
  const durationMs =
    start === undefined || end === undefined ? null : Date.parse(end) - Date.parse(start);
  const bad = sorted[0];
  return {
    execution: execution.id,
    task: sorted[0]?.id ?? '',
    status,
    at: start ?? execution.createdAt,
    durationMs: durationMs === null || Number.isNaN(durationMs) ? null : Math.max(0, durationMs),
    attempts: Math.max(...tasks.map(({ attempt }) => attempt)),
    failure: status === 'failed' && bad !== undefined ? wordFailure(bad) : null,
  };
}

function wordFailure({ id, group, reason, message, exitCode }: TaskExecution): string {
  const what = message ?? (exitCode === null ? (reason ?? 'failed') : `exit ${String(exitCode)}`);
  return group === null ? what : `${id}: ${what}`;
}

/** A run in a few words: `failed · 4.2 s · attempt 3`. */
export function wordRun({ status, durationMs, attempts }: TaskRun): string {
  return [
    status,
    durationMs === null || status === 'skipped' ? '' : formatDuration(durationMs),
    attempts > 1 ? `attempt ${String(attempts)}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
