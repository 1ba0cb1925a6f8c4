import type { HistoryEntry } from '../engine/history/history-entry.ts';

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

/** Counts executions, newest first, without keeping them. */
export class StatsCounter {
  readonly #agents = new Map<string, AgentCounts>();

  /** Counts one more. */
  add(entry: HistoryEntry): void {
    let counts = this.#agents.get(entry.agent);
    if (counts === undefined) {
      counts = { statuses: new Map(), durations: [], tasks: new Map() };
      this.#agents.set(entry.agent, counts);
    }
    counts.statuses.set(entry.status, (counts.statuses.get(entry.status) ?? 0) + 1);
    if (entry.status === 'succeeded' && entry.attempt === 1) {
      const { startedAt, finishedAt } = entry;
      if (startedAt !== null && finishedAt !== null) {
        counts.durations.push(Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)));
      }
    }
    for (const [task, runs, failed, successMs] of entry.tasks) {
      let known = counts.tasks.get(task);
      if (known === undefined) {
        known = { runs: 0, failed: 0, durations: [] };
        counts.tasks.set(task, known);
      }
      known.runs += runs;
      known.failed += failed;
      known.durations.push(...successMs);
    }
  }

  /** Statistics per agent, by agent id; tasks in the order of the newest execution. */
  result(): AgentStats[] {
    return [...this.#agents]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([agent, counts]) => agentStats(agent, counts));
  }
}

interface AgentCounts {
  readonly statuses: Map<string, number>;
  readonly durations: number[];
  readonly tasks: Map<string, TaskCounts>;
}

interface TaskCounts {
  runs: number;
  failed: number;
  readonly durations: number[];
}

function agentStats(agent: string, { statuses, durations, tasks }: AgentCounts): AgentStats {
  const count = (status: string): number => statuses.get(status) ?? 0;
  const succeeded = count('succeeded');
  const failed = count('failed');
  const interrupted = count('interrupted');
  const judged = succeeded + failed + interrupted;
  return {
    agent,
    executions: [...statuses.values()].reduce((sum, some) => sum + some, 0),
    succeeded,
    failed,
    cancelled: count('cancelled'),
    interrupted,
    successRate: judged === 0 ? null : Math.round((succeeded / judged) * 10_000) / 10_000,
    p50Ms: percentile(durations, 0.5),
    p95Ms: percentile(durations, 0.95),
    tasks: [...tasks].map(([task, counts]) => ({
      task,
      runs: counts.runs,
      failed: counts.failed,
      p50Ms: percentile(counts.durations, 0.5),
      p95Ms: percentile(counts.durations, 0.95),
    })),
  };
}

/** Nearest rank: the smallest value that at least this share of the values does not exceed. */
function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
