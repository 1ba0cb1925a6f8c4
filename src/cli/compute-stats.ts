import type { Execution, TaskExecution } from '../model/execution.ts';

/** How one agent did. Rates and percentiles are null where there is nothing to compute them from. */
export interface AgentStats {
  readonly agent: string;
  readonly executions: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly interrupted: number;
  /** Of those that succeeded, failed or were interrupted; 0 to 1. */
  readonly successRate: number | null;
  /** Of those that succeeded. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly tasks: readonly TaskStats[];
}

/** How one task of an agent did; combinations of a matrix are tasks of their own. */
export interface TaskStats {
  readonly task: string;
  /** Attempts that are over, whatever came of them. */
  readonly runs: number;
  readonly failed: number;
  /** Of attempts that succeeded. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** Statistics per agent, by agent id; tasks in the order of the newest execution. Executions newest first. */
export function computeStats(executions: readonly Execution[]): AgentStats[] {
  const byAgent = new Map<string, Execution[]>();
  for (const execution of executions) {
    const list = byAgent.get(execution.agent);
    if (list === undefined) byAgent.set(execution.agent, [execution]);
    else list.push(execution);
  }
  return [...byAgent]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([agent, list]) => agentStats(agent, list));
}

function agentStats(agent: string, executions: readonly Execution[]): AgentStats {
  const count = (status: string): number =>
    executions.filter((execution) => execution.status === status).length;
  const succeeded = count('succeeded');
  const failed = count('failed');
  const interrupted = count('interrupted');
  const judged = succeeded + failed + interrupted;
  const durations = executions
    .filter((execution) => execution.status === 'succeeded' && execution.attempt === 1)
    .flatMap((execution) => durationOf(execution.startedAt, execution.finishedAt));
  return {
    agent,
    executions: executions.length,
    succeeded,
    failed,
    cancelled: count('cancelled'),
    interrupted,
    successRate: judged === 0 ? null : Math.round((succeeded / judged) * 10_000) / 10_000,
    p50Ms: percentile(durations, 0.5),
    p95Ms: percentile(durations, 0.95),
    tasks: taskStats(executions),
  };
}

function taskStats(executions: readonly Execution[]): TaskStats[] {
  const byTask = new Map<string, TaskExecution[]>();
  for (const execution of executions) {
    for (const task of execution.tasks) {
      const list = byTask.get(task.id);
      if (list === undefined) byTask.set(task.id, [task]);
      else list.push(task);
    }
  }
  return [...byTask].map(([task, list]) => {
    const over = list
      .flatMap(({ attempts }) => attempts)
      .filter((attempt) => attempt.finishedAt !== null);
    const durations = over
      .filter(({ status }) => status === 'succeeded')
      .flatMap((attempt) => durationOf(attempt.startedAt, attempt.finishedAt));
    return {
      task,
      runs: over.length,
      failed: over.filter(({ status }) => status === 'failed').length,
      p50Ms: percentile(durations, 0.5),
      p95Ms: percentile(durations, 0.95),
    };
  });
}

function durationOf(startedAt: string | null, finishedAt: string | null): readonly number[] {
  if (startedAt === null || finishedAt === null) return [];
  return [Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))];
}

/** Nearest rank: the smallest value that at least this share of the values does not exceed. */
function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
