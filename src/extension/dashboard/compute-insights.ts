import type { HistoryEntry } from '../../engine/history/history-entry.ts';
import {
  maxLast,
  type AgentFigures,
  type DayCounts,
  type Insights,
  type InsightsRequest,
  type RunFigures,
  type TaskFigures,
} from '../../protocol/insights-messages.ts';
import { fitText } from './fit-text.ts';

/** Days that are shown as a strip, whatever is counted. */
export const stripDays = 90;

/** Longest name in the answer: the whole of it has to fit into one message. */
const maxName = 50;

/** When the day that was `back` days ago began, by the clock of this machine. */
export function startOfDay(nowMs: number, back = 0): number {
  const day = new Date(nowMs);
  day.setHours(0, 0, 0, 0);
  // Not a number of hours: some days have 23 of them, or 25.
  day.setDate(day.getDate() - back);
  return day.getTime();
}

/** Counts finished executions, in any order. */
export function computeInsights(
  entries: readonly HistoryEntry[],
  { span, agent }: InsightsRequest,
  nowMs: number,
): Insights {
  const wanted = agent === null ? entries : entries.filter((entry) => entry.agent === agent);
  const sinceMs = startOfDay(nowMs, Number(span) - 1);
  const inSpan = wanted
    .filter((entry) => Date.parse(entry.createdAt) >= sinceMs)
    .sort(inOrderOfTime);
  const byAgent = groupBy(inSpan, (entry) => entry.agent);
  const tasks = [...byAgent].flatMap(([name, some]) => taskFigures(name, some));
  return {
    span,
    agent,
    ...dayFigures(wanted, nowMs),
    all: runFigures(inSpan, [...byAgent.values()]),
    agents: [...byAgent]
      .map(([name, some]): AgentFigures => {
        return { agent: fitText(name, maxName), ...runFigures(some, [some]), ...lastOf(some) };
      })
      .sort((one, other) => other.total - one.total)
      .slice(0, 10),
    slowest: tasks
      .filter(({ p95Ms }) => p95Ms !== null)
      .sort((one, other) => (other.p95Ms ?? 0) - (one.p95Ms ?? 0))
      .slice(0, 6),
    flakiest: tasks
      .filter(({ runs, failed }) => failed > 0 && failed < runs)
      .sort((one, other) => other.failed / other.runs - one.failed / one.runs)
      .slice(0, 6),
  };
}

function groupBy<K, T>(
  entries: readonly T[],
  keyOf: (entry: T) => K,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return groups;
}

function dayFigures(
  entries: readonly HistoryEntry[],
  nowMs: number,
): Pick<Insights, 'days' | 'trend'> {
  const starts = Array.from({ length: stripDays }, (_, index) =>
    startOfDay(nowMs, stripDays - 1 - index),
  );
  const byDay = groupBy(entries, (entry) => startOfDay(Date.parse(entry.createdAt)));
  const days = starts.map((atMs): DayCounts => {
    const some = byDay.get(atMs) ?? [];
    const succeeded = some.filter(({ status }) => status === 'succeeded').length;
    const failed = some.filter(isFailure).length;
    return { atMs, succeeded, failed, other: some.length - succeeded - failed };
  });
  const times = starts.map((atMs) => durations(byDay.get(atMs) ?? []));
  const sorted = entries.toSorted(inOrderOfTime);
  const recovered = groupBy(
    [...groupBy(sorted, (entry) => entry.agent).values()].flatMap(recoveries),
    ({ atMs }) => startOfDay(atMs),
  );
  const trend = {
    p50Ms: times.map((some) => percentile(some, 0.5)),
    p95Ms: times.map((some) => percentile(some, 0.95)),
    recoveryMs: starts.map((atMs) => {
      const tookMs = (recovered.get(atMs) ?? []).map((recovery) => recovery.tookMs);
      return percentile(tookMs, 0.5);
    }),
  };
  return { days, trend };
}

function inOrderOfTime(one: HistoryEntry, other: HistoryEntry): number {
  return one.createdAt < other.createdAt ? -1 : 1;
}

/** `entries` oldest first; `groups` the same, by agent. */
function runFigures(
  entries: readonly HistoryEntry[],
  groups: readonly (readonly HistoryEntry[])[],
): RunFigures {
  const succeeded = entries.filter(({ status }) => status === 'succeeded').length;
  const failed = entries.filter(isFailure).length;
  // What a person cancelled says nothing about the agent.
  const judged = succeeded + failed;
  const times = durations(entries);
  return {
    total: entries.length,
    failed,
    successRate: judged === 0 ? null : Math.round((succeeded / judged) * 1000),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    recoveryMs: percentile(
      groups.flatMap(recoveries).map(({ tookMs }) => tookMs),
      0.5,
    ),
  };
}

/** `entries` oldest first. */
function lastOf(entries: readonly HistoryEntry[]): Pick<AgentFigures, 'lastMs' | 'lastResults'> {
  const last = entries.slice(-maxLast);
  return {
    lastMs: last.map(({ startedAt, finishedAt }) =>
      startedAt === null || finishedAt === null
        ? 0
        : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)),
    ),
    lastResults: last
      .map((entry) => (isFailure(entry) ? 'f' : entry.status === 'succeeded' ? 's' : 'c'))
      .join(''),
  };
}

interface Recovery {
  readonly atMs: number;
  readonly tookMs: number;
}

/** How something ended: well, badly, or in a way that says nothing about it. */
interface Ending {
  readonly atMs: number;
  readonly result: 'succeeded' | 'failed' | 'none';
}

/** How long each row of failures lasted: from the end of its first to the end of the next success. Oldest first. */
function recoveriesOf(endings: readonly Ending[]): readonly Recovery[] {
  const spans: Recovery[] = [];
  let brokenMs: number | null = null;
  for (const { atMs, result } of endings) {
    if (result === 'failed') brokenMs ??= atMs;
    else if (result === 'succeeded' && brokenMs !== null) {
      spans.push({ atMs, tookMs: Math.max(0, atMs - brokenMs) });
      brokenMs = null;
    }
  }
  return spans;
}

/** Of an agent. */
function recoveries(entries: readonly HistoryEntry[]): readonly Recovery[] {
  return recoveriesOf(
    entries.flatMap((entry): readonly Ending[] => {
      if (entry.finishedAt === null) return [];
      const result = isFailure(entry)
        ? 'failed'
        : entry.status === 'succeeded'
          ? entry.status
          : 'none';
      return [{ atMs: Date.parse(entry.finishedAt), result }];
    }),
  );
}

interface TaskSums {
  runs: number;
  failed: number;
  readonly times: number[];
  readonly endings: Ending[];
}

/** `entries` oldest first. */
function taskFigures(agent: string, entries: readonly HistoryEntry[]): readonly TaskFigures[] {
  const known = new Map<string, TaskSums>();
  for (const { finishedAt, tasks } of entries) {
    for (const [task, runs, failed, times] of tasks) {
      const sums = known.get(task) ?? { runs: 0, failed: 0, times: [], endings: [] };
      known.set(task, sums);
      sums.runs += runs;
      sums.failed += failed;
      sums.times.push(...times);
      if (finishedAt === null || runs === 0) continue;
      // Attempts that failed before one that succeeded are a matter of that execution.
      const result = times.length > 0 ? 'succeeded' : failed > 0 ? 'failed' : 'none';
      sums.endings.push({ atMs: Date.parse(finishedAt), result });
    }
  }
  return [...known].map(([task, { runs, failed, times, endings }]) => ({
    agent: fitText(agent, maxName),
    task: fitText(task, maxName),
    runs,
    failed,
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    recoveryMs: percentile(
      recoveriesOf(endings).map(({ tookMs }) => tookMs),
      0.5,
    ),
  }));
}

function isFailure({ status }: HistoryEntry): boolean {
  return status === 'failed' || status === 'interrupted';
}

/** Of what succeeded at its first attempt: a retry's clock ran while nobody worked. */
function durations(entries: readonly HistoryEntry[]): readonly number[] {
  return entries.flatMap(({ status, attempt, startedAt, finishedAt }) =>
    status === 'succeeded' && attempt === 1 && startedAt !== null && finishedAt !== null
      ? [Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt))]
      : [],
  );
}

/** Nearest rank: the smallest value that at least this share of the values does not exceed. */
function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return value === undefined ? null : Math.round(value);
}
