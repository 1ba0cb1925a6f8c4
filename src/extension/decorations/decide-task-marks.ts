import { runsOfExecution, type TaskRun } from '../../engine/workflow/authoring/task-runs.ts';
import type { SourceRange } from '../../model/diagnostic.ts';
import { formatDuration } from '../../model/duration.ts';
import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isTaskOver, taskStatuses, type TaskStatus } from '../../model/status.ts';
import { describeClock, joinParts } from '../describe-time.ts';
import { describeFailure } from '../executions/describe-execution-node.ts';
import { isInPlaceOf } from '../folder-state.ts';
import { wordForStatus } from '../status-words.ts';
import type { Translate } from '../../model/translate.ts';

/** What stands in the margin: one picture a kind. */
export type MarkKind = 'succeeded' | 'failed' | 'running' | 'waiting' | 'warning' | 'stopped';

/** How the newest run of a task is shown at its line. */
export interface TaskMark {
  /** As in the file, counted from 0. */
  readonly line: number;
  /** The task of the execution: of a matrix the combination that counts most. */
  readonly task: string;
  readonly kind: MarkKind;
  /** At the end of the line: `✗ failed · 4.2 s · exit 3`. */
  readonly text: string;
  readonly hasLog: boolean;
}

/** The marks of a file, and where the execution is now. */
export interface TaskMarks {
  readonly marks: readonly TaskMark[];
  /** The line of the task that runs, the first in the file of several; null when none does. */
  readonly runningLine: number | null;
}

/** Files with more tasks are not marked: nobody reads them line by line. */
const maxTasks = 500;

/** More of a message would push what is beside it out of sight. */
const maxMessage = 60;

export const noMarks: TaskMarks = { marks: [], runningLine: null };

/** Marks the tasks of a file with how they did in the newest execution of its agent. */
export function decideTaskMarks(options: {
  readonly agent: string;
  readonly newest: Execution | null;
  readonly verdicts: readonly StuckVerdict[];
  /** Where the tasks stand in the file, by id. */
  readonly taskRanges: ReadonlyMap<string, SourceRange>;
  readonly t: Translate;
}): TaskMarks {
  const { agent, newest, verdicts, taskRanges, t } = options;
  // One that ran in place of this agent has tasks of its own.
  if (newest === null || taskRanges.size > maxTasks || isInPlaceOf(agent, newest)) return noMarks;
  const runs = runsOfExecution(newest);
  const marks: TaskMark[] = [];
  const runningLines: number[] = [];
  for (const [id, range] of taskRanges) {
    const run = runs.get(id);
    const status = taskStatuses.find((one) => one === run?.status);
    if (run === undefined || status === undefined || status === 'pending') continue;
    const line = range.line - 1;
    const isStuck = verdicts.some(({ execution, task }) => {
      return execution === newest.id && task === run.task;
    });
    if (status === 'running') runningLines.push(line);
    const kind = isStuck ? 'warning' : kinds[status];
    const task = newest.tasks.find((one) => one.id === run.task);
    const why = status === 'failed' && task !== undefined ? wordFailure(task) : null;
    const text = `${signs[kind]} ${describe(run, status, isStuck, why, t)}`;
    marks.push({ line, task: run.task, kind, text, hasLog: (task?.attempts.length ?? 0) > 0 });
  }
  return { marks, runningLine: runningLines.length === 0 ? null : Math.min(...runningLines) };
}

function describe(
  run: TaskRun,
  status: TaskStatus,
  isStuck: boolean,
  why: string | null,
  t: Translate,
): string {
  const word = isStuck ? t('seems stuck') : wordForStatus(status, t);
  const isShown = run.durationMs !== null && status !== 'skipped';
  return joinParts(
    word,
    // Absolute on purpose: what counts seconds would have to be drawn anew every second.
    isTaskOver(status) || status === 'retrying' ? null : t('since {0}', describeClock(run.at)),
    isShown ? formatDuration(run.durationMs) : null,
    run.attempts > 1 ? t('attempt {0}', run.attempts) : null,
    why,
  );
}

/** A run in a few words, as a lens says it: `failed · 4.2 s · attempt 3`. */
export function wordTaskRun(run: TaskRun, t: Translate): string {
  const status = taskStatuses.find((one) => one === run.status);
  return joinParts(
    status === undefined ? run.status : wordForStatus(status, t),
    run.durationMs === null || status === 'skipped' ? null : formatDuration(run.durationMs),
    run.attempts > 1 ? t('attempt {0}', run.attempts) : null,
  );
}

/** `exit 1` says as much as the sentence that the engine makes of it; of other failures the message is needed. */
function wordFailure(task: TaskExecution): string {
  const { reason, message } = task;
  const isPlain = reason === 'exit' || reason === 'signal' || reason === 'timeout';
  const plain = describeFailure({ ...task, signal: task.attempts.at(-1)?.signal ?? null });
  return isPlain || message === null ? plain : firstLine(message);
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length <= maxMessage ? line : `${line.slice(0, maxMessage - 1)}…`;
}

const signs: Readonly<Record<MarkKind, string>> = {
  succeeded: '✓',
  failed: '✗',
  running: '▸',
  waiting: '?',
  warning: '!',
  stopped: '–',
};

const kinds: Readonly<Record<TaskStatus, MarkKind>> = {
  pending: 'stopped',
  running: 'running',
  retrying: 'waiting',
  waiting: 'waiting',
  cancelling: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'stopped',
  skipped: 'stopped',
  interrupted: 'warning',
};
