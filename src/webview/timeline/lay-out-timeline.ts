import { isTaskOver, type TaskStatus } from '../../model/status.ts';
import type { TaskRow } from '../../protocol/detail-messages.ts';
import { criticalPath, endOfTask } from './critical-path.ts';
import { roundStep, roundTicks, type TimeTick } from './time-scale.ts';

/** A stretch of time of a task. */
export interface TimelineBar {
  /** `queue`: it could start but did not yet; `gap`: between two attempts. */
  readonly kind: 'attempt' | 'queue' | 'gap';
  /** The attempt it is of, or that comes after it. */
  readonly attempt: number;
  readonly status: TaskStatus;
  readonly startMs: number;
  /** Null: it goes on. */
  readonly endMs: number | null;
}

/** One task with its bars in order of time. */
export interface TimelineRow {
  readonly kind: 'task';
  readonly task: TaskRow;
  readonly bars: readonly TimelineBar[];
  readonly isCritical: boolean;
}

/** A line from the end of a critical task down or up to the start of the next. Rows count headings. */
export interface TimelineLink {
  readonly atMs: number;
  readonly fromRow: number;
  readonly toRow: number;
}

/** Everything the timeline is drawn from; times are milliseconds since 1970. */
export interface Timeline {
  readonly fromMs: number;
  /** While something goes on this is later than now, so that not every second moves everything. */
  readonly toMs: number;
  readonly isLive: boolean;
  readonly ticks: readonly TimeTick[];
  readonly rows: readonly (TimelineRow | { readonly kind: 'finally' })[];
  readonly links: readonly TimelineLink[];
}

/** What the timeline is made of. */
export interface TimelineInput {
  readonly tasks: readonly (TaskRow | undefined)[];
  /** When the execution began; tasks without needs could start from then on. */
  readonly startedMs: number;
  /** Null while it goes on. */
  readonly finishedMs: number | null;
  readonly nowMs: number;
  /** The most marks the axis has room for. */
  readonly maxTicks: number;
}

/** Shorter stretches of waiting are the way of the machine, not worth a line. */
const leastQueueMs = 200;

/** Lays the tasks out over time. */
export function layOutTimeline(input: TimelineInput): Timeline {
  const { startedMs, finishedMs, nowMs, maxTicks } = input;
  const tasks = input.tasks.filter((task) => task !== undefined);
  const endsMs = new Map(tasks.map((task) => [task.id, endOfReady(task)]));
  const path = criticalPath(tasks, nowMs);
  const critical = new Set(path);
  const rows: (TimelineRow | { readonly kind: 'finally' })[] = [];
  const places = new Map<string, number>();
  for (const task of tasks) {
    if (task.isFinally && !rows.some((row) => row.kind === 'finally')) {
      rows.push({ kind: 'finally' });
    }
    places.set(task.id, rows.length);
    const readyMs = readyAt(task, tasks, endsMs, startedMs);
    const bars = barsOf(task, readyMs, finishedMs !== null);
    rows.push({ kind: 'task', task, bars, isCritical: critical.has(task.id) });
  }
  const times = rows.flatMap((row) => (row.kind === 'task' ? timesOf(row.bars) : []));
  const isLive = finishedMs === null;
  const fromMs = Math.min(startedMs, ...times);
  const lastMs = Math.max(fromMs + 1, ...times, ...(isLive ? [nowMs] : []));
  return {
    fromMs,
    toMs: isLive ? roomyEnd(fromMs, lastMs, maxTicks) : lastMs,
    isLive,
    ticks: roundTicks(fromMs, isLive ? roomyEnd(fromMs, lastMs, maxTicks) : lastMs, maxTicks),
    rows,
    links: linksOf(path, tasks, places, nowMs),
  };
}

function roomyEnd(fromMs: number, lastMs: number, maxTicks: number): number {
  const spanMs = Math.max(2000, (lastMs - fromMs) * 1.08);
  const stepMs = roundStep(spanMs, maxTicks * 4);
  return fromMs + Math.ceil(spanMs / stepMs) * stepMs;
}

function endOfReady(task: TaskRow): number | null {
  return isTaskOver(task.status)
    ? (task.finishedMs ?? task.attempts.at(-1)?.finishedMs ?? null)
    : null;
}

/** When the task could have started; null: not yet, or nobody knows. */
function readyAt(
  task: TaskRow,
  tasks: readonly TaskRow[],
  endsMs: ReadonlyMap<string, number | null>,
  startedMs: number,
): number | null {
  const before =
    task.needs.length === 0 && task.isFinally
      ? tasks.filter((other) => !other.isFinally).map((other) => other.id)
      : task.needs;
  let readyMs = startedMs;
  for (const id of before) {
    const endMs = endsMs.get(id);
    if (endMs === undefined) continue;
    if (endMs === null) return null;
    readyMs = Math.max(readyMs, endMs);
  }
  return readyMs;
}

function barsOf(
  task: TaskRow,
  readyMs: number | null,
  isExecutionOver: boolean,
): readonly TimelineBar[] {
  const bars: TimelineBar[] = [];
  const [first] = task.attempts;
  const isCut = first !== undefined && first.attempt > 1;
  const firstMs = first?.startedMs ?? null;
  if (readyMs !== null && !isCut && (firstMs !== null || task.status === 'pending')) {
    const isLong = firstMs === null ? !isExecutionOver : firstMs - readyMs >= leastQueueMs;
    if (isLong) {
      const attempt = first?.attempt ?? 1;
      bars.push({ kind: 'queue', attempt, status: 'pending', startMs: readyMs, endMs: firstMs });
    }
  }
  let lastEndMs: number | null = null;
  for (const attempt of task.attempts) {
    const { startedMs, finishedMs, status } = attempt;
    if (lastEndMs !== null && startedMs > lastEndMs) {
      bars.push(gap(attempt.attempt, lastEndMs, startedMs));
    }
    // An attempt that nobody ended is over when its task is.
    const endMs = finishedMs ?? (isTaskOver(task.status) ? (task.finishedMs ?? startedMs) : null);
    const shown = task.status === 'waiting' && endMs === null ? 'waiting' : status;
    bars.push({
      kind: 'attempt',
      attempt: attempt.attempt,
      status: shown,
      startMs: startedMs,
      endMs,
    });
    lastEndMs = endMs;
  }
  if (task.status === 'retrying' && lastEndMs !== null) {
    bars.push(gap(task.attempt + 1, lastEndMs, task.nextAttemptMs));
  }
  return bars;
}

function gap(attempt: number, startMs: number, endMs: number | null): TimelineBar {
  return { kind: 'gap', attempt, status: 'retrying', startMs, endMs };
}

function timesOf(bars: readonly TimelineBar[]): readonly number[] {
  return bars.flatMap(({ startMs, endMs }) => (endMs === null ? [startMs] : [startMs, endMs]));
}

function linksOf(
  path: readonly string[],
  tasks: readonly TaskRow[],
  places: ReadonlyMap<string, number>,
  nowMs: number,
): readonly TimelineLink[] {
  return path.slice(1).flatMap((id, index) => {
    const before = tasks.find((task) => task.id === path[index]);
    const fromRow = places.get(path[index] ?? '');
    const toRow = places.get(id);
    const atMs = before === undefined ? null : endOfTask(before, nowMs);
    return fromRow === undefined || toRow === undefined || atMs === null
      ? []
      : [{ atMs, fromRow, toRow }];
  });
}
