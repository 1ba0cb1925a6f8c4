import { describeGit } from '../../model/describe-git.ts';
import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { statusGlyph, statusWord, type Look } from './describe-status.ts';
import { describeAgo, describeElapsed, describeMessage, describeMoment } from './describe-time.ts';
import { nextSteps, renderOutput } from './render-outcome.ts';
import { renderTable } from './render-table.ts';
import { cleanLine } from './text-width.ts';

/** Everything about one execution that a person may want to read. */
export function renderExecution(
  execution: Execution,
  verdicts: readonly StuckVerdict[],
  look: Look,
  nowMs: number,
): string[] {
  const { paint } = look;
  const lines = [
    `${statusGlyph(execution.status, look)} ${paint('bold', cleanLine(execution.name))} ${statusWord(execution.status, look)}`,
    ...renderTable(
      facts(execution, nowMs).map(([key, value]) => [`  ${paint('dim', key)}`, value]),
    ),
  ];
  if (execution.message !== null) {
    const message = describeMessage(execution.message);
    lines.push('', ...message.split('\n').map((line) => `  ${cleanLine(line)}`));
  }
  if (execution.tasks.length > 0) {
    lines.push('', ...renderTable(execution.tasks.flatMap((task) => taskRows(task, look, nowMs))));
  }
  for (const verdict of verdicts) {
    const what = verdict.task ?? 'the execution';
    lines.push(
      '',
      paint('yellow', `${look.glyphs.stuck} ${what} may be stuck: ${verdict.evidence}`),
    );
  }
  const outputs = Object.entries(execution.outputs);
  if (outputs.length > 0) {
    lines.push('', 'Outputs:');
    for (const [name, value] of outputs) {
      lines.push(...renderOutput(name, value));
    }
  }
  const next = nextSteps(execution);
  if (next.length > 0) lines.push('', ...next.map((step) => paint('dim', `  ${step}`)));
  return lines;
}

function facts(execution: Execution, nowMs: number): (readonly [string, string])[] {
  const { id, agent, workflow, git, trigger, owner, parent, fallback, request } = execution;
  const inputs = Object.entries(execution.inputs).map(([key, value]) => `${key}=${String(value)}`);
  const time = describeElapsed(execution.startedAt, execution.finishedAt, nowMs);
  const created = `${describeMoment(execution.createdAt)} (${describeAgo(execution.createdAt, nowMs)})`;
  const isOver = isExecutionOver(execution.status);
  return [
    ['id', id],
    ['agent', `${agent} (${workflow.path})`],
    ['created', created],
    ...(time === '' ? [] : [['took', isOver ? time : `${time} so far`] as const]),
    ...(execution.attempt > 1 ? [['attempt', String(execution.attempt)] as const] : []),
    ['started by', trigger.source === 'cli' ? 'command line' : trigger.source],
    ...(git === undefined ? [] : [['git', cleanLine(describeGit(git))] as const]),
    ...(inputs.length === 0 ? [] : [['inputs', cleanLine(inputs.join(', '))] as const]),
    ...(parent === null ? [] : [['part of', `${parent.execution}, task ${parent.task}`] as const]),
    ...(fallback === null
      ? []
      : [['in place of', `${fallback.for}: ${cleanLine(fallback.reason)}`] as const]),
    ...(owner === null || isOver
      ? []
      : [['runs in', `process ${String(owner.pid)} on ${owner.host}`] as const]),
    ...(request === null
      ? []
      : [['cancelled by', `${request.by} at ${describeMoment(request.at)}`] as const]),
  ];
}

function taskRows(task: TaskExecution, look: Look, nowMs: number): string[][] {
  const rows = [
    [
      `  ${statusGlyph(task.status, look)} ${look.paint('bold', task.id)}`,
      statusWord(task.status, look),
      describeElapsed(task.startedAt, task.finishedAt, nowMs),
      cleanLine(describeTask(task)),
    ],
  ];
  // One attempt says what the task says.
  if (task.attempts.length < 2) return rows;
  for (const attempt of task.attempts) {
    rows.push([
      look.paint(
        'dim',
        `    ${statusGlyph(attempt.status, look)} attempt ${String(attempt.attempt)}`,
      ),
      statusWord(attempt.status, look),
      describeElapsed(attempt.startedAt, attempt.finishedAt, nowMs),
      look.paint('dim', cleanLine(attempt.message ?? '')),
    ]);
  }
  return rows;
}

function describeTask(task: TaskExecution): string {
  const parts: string[] = [];
  if (task.status === 'failed' && task.continueOnError) parts.push('allowed to fail');
  if (task.message !== null) parts.push(task.message);
  if (task.status === 'waiting' && task.question !== null) parts.push(task.question);
  // Once the task is over, its message says who decided.
  if (task.approval !== null && task.message === null) {
    parts.push(`${task.approval.decision} by ${task.approval.by}`);
  }
  if (task.child !== null) parts.push(`execution ${task.child}`);
  const outputs = Object.entries(task.outputs).map(([name, value]) => `${name}=${value}`);
  if (outputs.length > 0 && parts.length === 0) parts.push(outputs.join(', '));
  return parts.join('; ');
}
