import type { Execution, TaskExecution } from '../../model/execution.ts';
import { describeSpan, joinParts } from '../describe-time.ts';
import { describeFailure } from '../executions/describe-execution-node.ts';

/** One line for the output channel. */
export interface TransitionLine {
  readonly level: 'info' | 'warn';
  readonly text: string;
}

/**
 * What changed from one state of an execution to a later one, a line for each. `before` null is an execution that is
 * seen for the first time: one line with its state.
 */
export function describeTransitions(
  before: Execution | null,
  after: Execution,
): readonly TransitionLine[] {
  const name = `${after.id} ${after.agent}`;
  if (before === null) return [line(after.status, `${name}: ${describeExecution(after)}`)];
  const known = new Map(before.tasks.map((task) => [task.id, task]));
  const tasks = after.tasks.flatMap((task) => {
    const old = known.get(task.id);
    if (old === task) return [];
    const isSame = old?.status === task.status && old.attempt === task.attempt;
    if (isSame) return [];
    const text = `${name} / ${task.id}: ${old?.status ?? 'none'} → ${describeTask(task)}`;
    return [line(task.status, text)];
  });
  const isSame = before.status === after.status && before.attempt === after.attempt;
  if (isSame) return tasks;
  const own = line(after.status, `${name}: ${before.status} → ${describeExecution(after)}`);
  // A start comes before what it starts, an end after what ended.
  return after.finishedAt === null ? [own, ...tasks] : [...tasks, own];
}

function describeExecution(execution: Execution): string {
  const reason = execution.reason === null ? '' : ` (${execution.reason})`;
  const span = describeSpan(execution.startedAt, execution.finishedAt);
  const message = execution.message === null ? '' : `: ${oneLine(execution.message)}`;
  return joinParts(`${execution.status}${reason}${message}`, span);
}

function describeTask(task: TaskExecution): string {
  const attempt = task.attempts.length > 1 ? ` attempt ${String(task.attempt)}` : '';
  const signal = task.attempts.at(-1)?.signal ?? null;
  const why = task.reason === null ? '' : ` (${describeFailure({ ...task, signal })})`;
  const message = task.message === null ? '' : `: ${oneLine(task.message)}`;
  const span = describeSpan(task.startedAt, task.finishedAt);
  return joinParts(`${task.status}${attempt}${why}${message}`, span);
}

function line(status: string, text: string): TransitionLine {
  const isBad = status === 'failed' || status === 'interrupted';
  return { level: isBad ? 'warn' : 'info', text };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' | ').trim();
}
