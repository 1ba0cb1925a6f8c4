import { formatDuration } from '../../model/duration.ts';
import { describeGit } from '../../model/describe-git.ts';
import type { Attempt, Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { describeMoment, describeSpan } from '../describe-time.ts';
import { wordForStatus } from '../status-words.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

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
  t: Translate = inEnglish,
): readonly TooltipLine[] {
  const running = isExecutionOver(execution.status) ? null : elapsed(execution.startedAt, now);
  return lines([
    [t('Agent'), execution.agent],
    [t('State'), wordState(execution, t)],
    [t('Message'), execution.message],
    ...verdicts.map((verdict): [string, string] => [t('Stuck'), verdict.evidence]),
    [t('Running for'), running],
    [t('Took'), describeSpan(execution.startedAt, execution.finishedAt)],
    [
      t('Started'),
      t('{0} by {1}', describeMoment(execution.createdAt, now, t), execution.trigger.source),
    ],
    [t('Branch and commit'), execution.git === undefined ? null : describeGit(execution.git)],
    [t('Inputs'), describeInputs(execution.inputs)],
    [
      t('In place of'),
      execution.fallback && `${execution.fallback.for}: ${execution.fallback.reason}`,
    ],
    [t('Id'), execution.id],
  ]);
}

/** Everything about a task that has no room in its row. */
export function taskTooltip(
  task: TaskExecution,
  verdict: StuckVerdict | null,
  now: Date,
  t: Translate = inEnglish,
): readonly TooltipLine[] {
  const running = task.status === 'running' ? elapsed(task.startedAt, now) : null;
  return lines([
    [t('Task'), task.id],
    [t('State'), wordState(task, t)],
    [t('Message'), task.message],
    [t('Stuck'), verdict?.evidence ?? null],
    [t('Question'), task.question],
    [t('Running for'), running],
    [t('Took'), describeSpan(task.startedAt, task.finishedAt)],
    [t('Needs'), task.needs.join(', ')],
    [t('Outputs'), describeInputs(task.outputs)],
  ]);
}

/** Everything about an attempt that has no room in its row. */
export function attemptTooltip(
  attempt: Attempt,
  now: Date,
  t: Translate = inEnglish,
): readonly TooltipLine[] {
  const running = attempt.status === 'running' ? elapsed(attempt.startedAt, now) : null;
  return lines([
    [t('State'), wordState(attempt, t)],
    [t('Message'), attempt.message],
    [t('Exit code'), attempt.exitCode === null ? null : String(attempt.exitCode)],
    [t('Process'), attempt.pid === null ? null : String(attempt.pid)],
    [t('Running for'), running],
    [t('Took'), describeSpan(attempt.startedAt, attempt.finishedAt)],
    [t('Log'), attempt.log],
  ]);
}

function lines(pairs: readonly (readonly [string, string | null])[]): readonly TooltipLine[] {
  return pairs.flatMap(([label, text]) => (text === null || text === '' ? [] : [{ label, text }]));
}

function wordState(
  { status, reason }: Pick<Attempt, 'reason'> & Pick<Execution | Attempt, 'status'>,
  t: Translate,
): string {
  const word = wordForStatus(status, t);
  return reason === null ? word : `${word} (${reason})`;
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
