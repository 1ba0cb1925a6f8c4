import type { Execution, TaskExecution } from '../../model/execution.ts';
import { countTasks } from './count-tasks.ts';
import { statusGlyph, type Look } from './describe-status.ts';
import { describeElapsed, describeMessage } from './describe-time.ts';
import { cleanLine, textWidth, truncate } from './text-width.ts';

/** The end of a failed task's log. */
export interface LogEnd {
  readonly task: string;
  readonly lines: readonly string[];
  /** True when there is more above. */
  readonly isCut: boolean;
}

/** How many lines of a failed task's log the end of a run shows, and of how many tasks. */
export const logEndLines = 15;
export const logEndTasks = 5;

/** The tasks whose log ends are worth showing: those that made it fail, else those that were allowed to. */
export function tasksToExplain(execution: Execution): readonly TaskExecution[] {
  const failed = execution.tasks.filter(
    (task) => task.status === 'failed' || task.status === 'interrupted',
  );
  const blamed = failed.filter((task) => !task.continueOnError);
  return (blamed.length > 0 ? blamed : failed)
    .filter((task) => task.attempts.length > 0)
    .slice(0, logEndTasks);
}

/** The last lines of failed tasks, each under a rule that says why it failed. */
export function renderLogEnds(
  execution: Execution,
  ends: readonly LogEnd[],
  look: Look,
  columns: number,
): string[] {
  return ends.flatMap((end) => {
    const task = execution.tasks.find((candidate) => candidate.id === end.task);
    const message = task?.message ?? task?.status ?? '';
    const attempt = (task?.attempt ?? 1) > 1 ? ` (attempt ${String(task?.attempt)})` : '';
    const title = cleanLine(`${end.task}${attempt}: ${message}`);
    const width = Math.max(20, Math.min(columns, 100) - 1);
    const head = `${look.glyphs.line.repeat(2)} ${truncate(title, width - 6, look.glyphs.ellipsis)} `;
    const rule = look.glyphs.line.repeat(Math.max(2, width - textWidth(head)));
    const cut = end.isCut ? [look.paint('dim', look.glyphs.ellipsis)] : [];
    const none = end.lines.length === 0 ? [look.paint('dim', '(no output)')] : [];
    return ['', look.paint('red', `${head}${rule}`), ...cut, ...end.lines.map(cleanLine), ...none];
  });
}

/** The last lines of every run: how it ended, its outputs, and what to do next. */
export function renderOutcome(execution: Execution, look: Look, nowMs: number): string[] {
  const time = describeElapsed(
    execution.startedAt ?? execution.createdAt,
    execution.finishedAt,
    nowMs,
  );
  const glyph = statusGlyph(execution.status, look);
  const name = look.paint('bold', cleanLine(execution.name));
  const taskCount = execution.tasks.length === 0 ? '' : `: ${countTasks(execution.tasks)}`;
  const lines = [`${glyph} ${name} ${execution.status} after ${time}${taskCount}`];
  if (execution.message !== null && execution.status !== 'succeeded') {
    const message = describeMessage(execution.message);
    lines.push(...message.split('\n').map((line) => `  ${cleanLine(line)}`));
  }
  if (execution.fallback !== null) {
    lines.push(
      `  ran in place of "${execution.fallback.for}": ${cleanLine(execution.fallback.reason)}`,
    );
  }
  for (const [output, value] of Object.entries(execution.outputs)) {
    lines.push(...renderOutput(output, value));
  }
  const next = nextSteps(execution);
  if (next.length > 0)
    lines.push(look.paint('dim', `  next: ${next.join(` ${look.glyphs.separator} `)}`));
  return lines;
}

/** Commands that make sense after an end like this. */
export function nextSteps(execution: Execution): string[] {
  const { id, status } = execution;
  switch (status) {
    case 'succeeded':
      return [];
    case 'failed': {
      if (execution.reason === 'invalid-workflow') return ['agent-executor validate'];
      const task = tasksToExplain(execution).at(0);
      const logs = task === undefined ? [] : [`agent-executor logs ${id} ${shellWord(task.id)}`];
      return [...logs, `agent-executor retry ${id}`];
    }
    case 'cancelled':
    case 'interrupted':
      return [`agent-executor resume ${id}`];
    case 'waiting':
      return [`agent-executor approve ${id}`, `agent-executor reject ${id}`];
    case 'pending':
    case 'queued':
    case 'running':
    case 'cancelling':
      return [`agent-executor logs ${id} -f`, `agent-executor cancel ${id}`];
  }
}

/** Matrix ids hold blanks and brackets, so they are quoted in a command to copy. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_./-]+$/.test(word) ? word : `"${word.replace(/["\\$`]/g, '\\$&')}"`;
}

/** `name: value`; further lines of the value below it. */
export function renderOutput(name: string, value: string): string[] {
  const [first = '', ...more] = value.trimEnd().split('\n').map(cleanLine);
  return [`  ${name}: ${first}`, ...more.map((line) => `    ${line}`)];
}
