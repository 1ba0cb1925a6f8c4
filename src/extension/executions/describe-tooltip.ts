import { formatDuration } from '../../model/duration.ts';
import { describeGit } from '../../model/describe-git.ts';
import type { Attempt, Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { describeMoment, describeSpan } from '../describe-time.ts';

/** A line of a tooltip: what it is about, and text that is shown as it is. */
export interface TooltipLine {
  readonly label: string;
  readonly text: string;
}

/** Everything about an execution that has no room in its row. */
export function executionTooltip(
  execution: Execution,
  verdicts: readonly StuckVerdict[],
  now: Date,
): readonly TooltipLine[] {
  const running = isExecutionOver(execution.status) ? null : elapsed(execution.startedAt, now);
  return lines([
    ['Agent', execution.agent],
    [
      'State',
      execution.reason === null ? execution.status : `${execution.status} (${execution.reason})`,
    ],
    ['Message', execution.message],
    ...verdicts.map((verdict): [string, string] => ['Stuck', verdict.evidence]),
    ['Running for', running],
    ['Took', describeSpan(execution.startedAt, execution.finishedAt)],
    ['Started', `${describeMoment(execution.createdAt, now)} by ${execution.trigger.source}`],
    ['Branch and commit', execution.git === undefined ? null : describeGit(execution.git)],
    ['Inputs', describeInputs(execution.inputs)],
    [
      'In place of',
      execution.fallback && `${execution.fallback.for}: ${execution.fallback.reason}`,
    ],
    ['Id', execution.id],
  ]);
}

/** Everything about a task that has no room in its row. */
export function taskTooltip(
  task: TaskExecution,
  verdict: StuckVerdict | null,
  now: Date,
): readonly TooltipLine[] {
  const running = task.status === 'running' ? elapsed(task.startedAt, now) : null;
  return lines([
    ['Task', task.id],
    ['State', task.reason === null ? task.status : `${task.status} (${task.reason})`],
    ['Message', task.message],
    ['Stuck', verdict?.evidence ?? null],
    ['Question', task.question],
    ['Running for', running],
    ['Took', describeSpan(task.startedAt, task.finishedAt)],
    ['Needs', task.needs.join(', ')],
    ['Outputs', describeInputs(task.outputs)],
  ]);
}

/** Everything about an attempt that has no room in its row. */
export function attemptTooltip(attempt: Attempt, now: Date): readonly TooltipLine[] {
  const running = attempt.status === 'running' ? elapsed(attempt.startedAt, now) : null;
  return lines([
    ['State', attempt.reason === null ? attempt.status : `${attempt.status} (${attempt.reason})`],
    ['Message', attempt.message],
    ['Exit code', attempt.exitCode === null ? null : String(attempt.exitCode)],
    ['Process', attempt.pid === null ? null : String(attempt.pid)],
    ['Running for', running],
    ['Took', describeSpan(attempt.startedAt, attempt.finishedAt)],
    ['Log', attempt.log],
  ]);
}

function lines(pairs: readonly (readonly [string, string | null])[]): readonly TooltipLine[] {
  return pairs.flatMap(([label, text]) => (text === null || text === '' ? [] : [{ label, text }]));
}

function elapsed(from: string | null, now: Date): string | null {
  return from === null ? null : formatDuration(Math.max(0, now.getTime() - Date.parse(from)));
}

function describeInputs(values: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${shorten(String(value))}`)
    .join(', ');
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
