import type { Attempt, Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver, isTaskOver } from '../../model/status.ts';
import { describeClock, describeMoment, describeSpan, joinParts } from '../describe-time.ts';
import { commandIds } from '../ids.ts';
import type { NodeItem } from '../tree/kept-tree.ts';
import { overallStatus, statusIcon, stuckIcon } from '../tree/status-icon.ts';
import { executionWords, taskWords } from './context-words.ts';
import { wordForStatus } from '../status-words.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** The row of an execution. `verdicts` are those about this execution. */
export function describeExecutionNode(
  execution: Execution,
  verdicts: readonly StuckVerdict[],
  now: Date,
  t: Translate = inEnglish,
): NodeItem {
  const isOver = isExecutionOver(execution.status);
  const verdict = verdicts.find((one) => one.task === null) ?? verdicts[0] ?? null;
  const state = verdict === null ? describeExecutionState(execution, t) : describeStuck(verdict, t);
  const progress = isOver
    ? describeSpan(execution.startedAt, execution.finishedAt)
    : progressOf(execution, t);
  const retried = execution.attempt > 1 ? t('attempt {0}', execution.attempt) : null;
  const fallback =
    execution.fallback === null ? null : t('in place of {0}', execution.fallback.for);
  return {
    label: execution.name,
    description: joinParts(
      state,
      progress,
      retried,
      fallback,
      describeMoment(execution.createdAt, now, t),
    ),
    icon: verdict === null ? statusIcon(execution.status) : stuckIcon,
    context: executionWords(execution).join(' '),
    spoken: spoken(t('Execution of {0}', execution.name), state, progress, retried, fallback),
    open: execution.tasks.length === 0 ? 'leaf' : isOver ? 'collapsed' : 'expanded',
    click: null,
  };
}

/** The row of a task. */
export function describeTaskNode(
  execution: Execution,
  task: TaskExecution,
  verdict: StuckVerdict | null,
  t: Translate = inEnglish,
): NodeItem {
  const state = verdict === null ? describeTaskState(task, t) : describeStuck(verdict, t);
  const span = isTaskOver(task.status) ? describeSpan(task.startedAt, task.finishedAt) : '';
  const attempts = task.attempts.length > 1 ? t('attempt {0}', task.attempt) : null;
  const isTolerated = task.status === 'failed' && task.continueOnError;
  const role = task.isFinally ? 'finally' : null;
  return {
    label: task.name,
    description: joinParts(state, span, attempts, isTolerated ? t('tolerated') : null, role),
    icon: verdict === null ? statusIcon(task.status) : stuckIcon,
    context: taskWords(execution, task).join(' '),
    spoken: spoken(
      t('Task {0}', task.name),
      state,
      span,
      attempts,
      isTolerated ? t('tolerated') : null,
    ),
    open: task.attempts.length === 0 && task.child === null ? 'leaf' : 'collapsed',
    click: task.attempts.length === 0 ? null : commandIds.openLog,
  };
}

/** The row that stands for all combinations of a matrix task. */
export function describeGroupNode(
  group: string,
  tasks: readonly TaskExecution[],
  verdicts: readonly StuckVerdict[],
  t: Translate = inEnglish,
): NodeItem {
  const status = overallStatus(tasks.map((task) => task.status));
  const over = tasks.filter((task) => isTaskOver(task.status)).length;
  const failed = tasks.filter((task) => task.status === 'failed').length;
  const isAllOver = over === tasks.length;
  const state = verdicts.length > 0 ? t('stuck') : wordForStatus(status, t);
  const progress = isAllOver
    ? t('{0} combinations', tasks.length)
    : t('{0} of {1}', over, tasks.length);
  const failures = failed > 0 && failed < tasks.length ? t('{0} failed', failed) : null;
  return {
    label: group,
    description: joinParts(state, progress, failures),
    icon: verdicts.length > 0 ? stuckIcon : statusIcon(status),
    context: 'group',
    spoken: spoken(t('Matrix task {0}', group), state, progress, failures),
    open: 'collapsed',
    click: null,
  };
}

/** The row of one try of a task. */
export function describeAttemptNode(
  task: TaskExecution,
  attempt: Attempt,
  t: Translate = inEnglish,
): NodeItem {
  const label = t('Attempt {0}', attempt.attempt);
  const span = describeSpan(attempt.startedAt, attempt.finishedAt);
  const why = attempt.status === 'failed' ? describeFailure(attempt) : null;
  const when = describeClock(attempt.startedAt);
  return {
    label,
    description: joinParts(wordForStatus(attempt.status, t), why, span, when),
    icon: statusIcon(attempt.status),
    context: 'attempt logged',
    spoken: spoken(
      t('Attempt {0} of {1}', attempt.attempt, task.name),
      wordForStatus(attempt.status, t),
      why,
      span,
    ),
    open: 'leaf',
    click: commandIds.openLog,
  };
}

/** Why a failed task or attempt failed, as few words as possible: `exit 1`, `signal SIGKILL`, `timeout`. */
export function describeFailure(
  failed: Pick<Attempt, 'reason' | 'exitCode'> & { readonly signal?: string | null },
): string {
  if (failed.reason === 'exit' && failed.exitCode !== null)
    return `exit ${String(failed.exitCode)}`;
  if (failed.reason === 'signal' && typeof failed.signal === 'string') {
    return `signal ${failed.signal}`;
  }
  return failed.reason ?? '';
}

/**
 * A verdict in words that stay the same while it stands: the evidence counts seconds, and a row that shows it would
 * be refreshed for nothing. The whole evidence is in the tooltip.
 */
export function describeStuck(verdict: StuckVerdict, t: Translate = inEnglish): string {
  const since = describeClock(verdict.since);
  switch (verdict.kind) {
    case 'silent-task':
      return t('stuck since {0}, no output', since);
    case 'owner-silent':
      return t('stuck since {0}, its runner does not answer', since);
    case 'cancel-slow':
      return t('stuck since {0}, still cancelling', since);
  }
}

/** A failed task says for itself why it failed; what failed without one says it here. */
function describeExecutionState(execution: Execution, t: Translate): string {
  const { status, reason } = execution;
  const word = wordForStatus(status, t);
  if (status !== 'failed' || reason === null || reason === 'exit') return word;
  return joinComma(word, reason === 'invalid-workflow' ? t('invalid workflow') : reason);
}

function describeTaskState(task: TaskExecution, t: Translate): string {
  switch (task.status) {
    case 'failed':
      return joinComma(t('failed'), describeFailure({ ...task, signal: signalOf(task) }));
    case 'retrying':
      return task.nextAttemptAt === null
        ? t('retrying')
        : t('retrying at {0}', describeClock(task.nextAttemptAt));
    case 'waiting':
      return task.question === null ? t('waiting') : t('waiting: {0}', task.question);
    case 'pending':
    case 'running':
    case 'cancelling':
    case 'succeeded':
    case 'cancelled':
    case 'skipped':
    case 'interrupted':
      return wordForStatus(task.status, t);
  }
}

function signalOf(task: TaskExecution): string | null {
  return task.attempts.at(-1)?.signal ?? null;
}

function progressOf(execution: Execution, t: Translate): string {
  const over = execution.tasks.filter((task) => isTaskOver(task.status)).length;
  return execution.tasks.length === 0 ? '' : t('{0} of {1} tasks', over, execution.tasks.length);
}

function joinComma(first: string, second: string): string {
  return second === '' ? first : `${first}, ${second}`;
}

function spoken(what: string, ...rest: readonly (string | null)[]): string {
  const parts = rest.filter((part) => part !== null && part !== '');
  return [what, ...parts].join(', ');
}
