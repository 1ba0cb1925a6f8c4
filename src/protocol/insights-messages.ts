/** How executions went over some days: counted by the host, so that a message is small however many there were. */
import { count, listOf, nullable, oneOf, shape, text, type Guard } from './guard.ts';
import { maxText } from './limits.ts';

/** Spans that can be looked at, in days, today included. */
export const insightSpans = ['7', '30', '90'] as const;
export type InsightSpan = (typeof insightSpans)[number];

/** What to count. */
export interface InsightsRequest {
  readonly span: InsightSpan;
  /** Null: of all agents. */
  readonly agent: string | null;
}

/** One day by the host's clock; `atMs` is its beginning. */
export interface DayCounts {
  readonly atMs: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Cancelled. */
  readonly other: number;
}

/** How the days went on; each list has a value for each day, null where there is none. Lists, since they are short as JSON. */
export interface Trend {
  /** Median and 95th percentile of the durations of what succeeded. */
  readonly p50Ms: readonly (number | null)[];
  readonly p95Ms: readonly (number | null)[];
  /** Median time to recovery of what recovered on that day. */
  readonly recoveryMs: readonly (number | null)[];
}

/** How an agent, or all of them, did. Rates are per mille of what succeeded, failed or was interrupted. */
export interface RunFigures {
  readonly total: number;
  readonly failed: number;
  readonly successRate: number | null;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** Median time from a failure to the next success of the same agent. */
  readonly recoveryMs: number | null;
}

/** An agent, with how its last executions went, oldest first. */
export interface AgentFigures extends RunFigures {
  readonly agent: string;
  /** What each took; 0 where it never began. */
  readonly lastMs: readonly number[];
  /** A letter for each: `s`ucceeded, `f`ailed or interrupted, `c`ancelled. */
  readonly lastResults: string;
}

/** The most executions of an agent that are named one by one. */
export const maxLast = 14;

/** How a task did; `failed` of its `runs` attempts did. */
export interface TaskFigures {
  readonly agent: string;
  readonly task: string;
  readonly runs: number;
  readonly failed: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** Median time from the end of an execution in which it failed to the end of the next one in which it succeeded. */
  readonly recoveryMs: number | null;
}

/** The answer. */
export interface Insights {
  readonly span: InsightSpan;
  readonly agent: string | null;
  /** Oldest first, today last; the last 90 whatever the span. */
  readonly days: readonly DayCounts[];
  readonly trend: Trend;
  readonly all: RunFigures;
  /** The busiest first. */
  readonly agents: readonly AgentFigures[];
  readonly slowest: readonly TaskFigures[];
  /** Tasks that failed and succeeded, the worst first. */
  readonly flakiest: readonly TaskFigures[];
}

const maxDays = 90;
const moment = nullable(count());
const figures = {
  total: count(),
  failed: count(),
  successRate: nullable(count(1000)),
  p50Ms: moment,
  p95Ms: moment,
  recoveryMs: moment,
};
const isTask: Guard<TaskFigures> = shape<TaskFigures>({
  agent: text(maxText.id),
  task: text(maxText.id),
  runs: count(),
  failed: count(),
  p50Ms: moment,
  p95Ms: moment,
  recoveryMs: moment,
});

/** Accepts a request. */
export const isInsightsRequest: Guard<InsightsRequest> = shape<InsightsRequest>({
  span: oneOf(insightSpans),
  agent: nullable(text(maxText.id)),
});

/** Accepts an answer. */
export const isInsights: Guard<Insights> = shape<Insights>({
  span: oneOf(insightSpans),
  agent: nullable(text(maxText.id)),
  days: listOf(
    shape<DayCounts>({
      atMs: count(),
      succeeded: count(),
      failed: count(),
      other: count(),
    }),
    maxDays,
  ),
  trend: shape<Trend>({
    p50Ms: listOf(moment, maxDays),
    p95Ms: listOf(moment, maxDays),
    recoveryMs: listOf(moment, maxDays),
  }),
  all: shape<RunFigures>(figures),
  agents: listOf(
    shape<AgentFigures>({
      agent: text(maxText.id),
      ...figures,
      lastMs: listOf(count(), maxLast),
      lastResults: text(maxLast),
    }),
    10,
  ),
  slowest: listOf(isTask, 8),
  flakiest: listOf(isTask, 8),
});
