import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver, isTaskOver } from '../../model/status.ts';
import { chooseVisibleTasks } from './choose-visible-tasks.ts';
import { countTasks } from './count-tasks.ts';
import { statusGlyph, statusWord, type Look } from './describe-status.ts';
import { describeElapsed } from './describe-time.ts';
import { cleanLine, padEnd, textWidth, truncate, truncateColored } from './text-width.ts';

/** All that one frame shows. */
export interface LiveFrame {
  readonly execution: Execution;
  /** Task id to the last line of its output, as it came. */
  readonly lastLines: ReadonlyMap<string, string>;
  readonly verdicts: readonly StuckVerdict[];
  readonly nowMs: number;
  /** Counts up while something moves; null for the last frame. */
  readonly frame: number | null;
  readonly columns: number;
  readonly rows: number;
  /** Stands at the bottom, for example what Ctrl-C does; null for none. */
  readonly footer: string | null;
}

/** Below this many columns, ids and the words of states give way to what tasks do. */
const roomyWidth = 60;

/** The lines of one frame, none wider than the terminal, together not higher than it. */
export function renderLiveView(frame: LiveFrame, look: Look): string[] {
  const { execution, columns, rows } = frame;
  // The last column stays free: many terminals wrap a line that fills it.
  const width = Math.max(10, columns - 1);
  const footer = renderFooter(frame, look, width);
  const room = Math.max(1, rows - 1 - 1 - footer.length);
  const { visible, folded } = chooseVisibleTasks(execution.tasks, room);
  const idWidth = Math.min(
    Math.max(8, Math.floor(width * 0.35)),
    Math.max(0, ...visible.map((task) => textWidth(task.id))),
  );
  const lines = [renderHeader(frame, look, width)];
  for (const task of visible) lines.push(renderTask(task, frame, look, width, idWidth));
  if (folded.length > 0) {
    const more = `${look.glyphs.ellipsis} ${String(folded.length)} more: ${countTasks(folded)}`;
    lines.push(look.paint('dim', truncate(`  ${more}`, width, look.glyphs.ellipsis)));
  }
  // The parts fit already, except on terminals so narrow that a row's fixed parts are too wide.
  return [...lines, ...footer].map((line) => truncateColored(line, width, look.glyphs.ellipsis));
}

function renderHeader(frame: LiveFrame, look: Look, width: number): string {
  const { execution, nowMs } = frame;
  const since = describeElapsed(
    execution.startedAt ?? execution.createdAt,
    execution.finishedAt,
    nowMs,
  );
  const isRoomy = width >= roomyWidth;
  const facts = isRoomy
    ? [execution.agent, execution.id, execution.status, since]
    : [execution.status, since];
  if (execution.attempt > 1) facts.push(`attempt ${String(execution.attempt)}`);
  const separator = ` ${look.glyphs.separator} `;
  const name = cleanLine(execution.name);
  const tail = facts.filter((fact) => fact !== '' && fact !== name).join(separator);
  const shownName = truncate(name, Math.max(6, width - 3 - textWidth(tail)), look.glyphs.ellipsis);
  const rest = truncate(tail, width - textWidth(shownName) - 3, look.glyphs.ellipsis);
  const glyph = statusGlyph(execution.status, look, frame.frame);
  return `${glyph} ${look.paint('bold', shownName)} ${look.paint('dim', rest)}`.trimEnd();
}

function renderTask(
  task: TaskExecution,
  frame: LiveFrame,
  look: Look,
  width: number,
  idWidth: number,
): string {
  const { ellipsis } = look.glyphs;
  const id = padEnd(truncate(task.id, idWidth, ellipsis), idWidth);
  const isRoomy = width >= roomyWidth;
  const verdict = frame.verdicts.find((candidate) => candidate.task === task.id);
  const stateWord =
    verdict === undefined
      ? statusWord(task.status, look, 10)
      : look.paint('yellow', 'stuck?'.padEnd(10));
  const word = isRoomy ? ` ${stateWord}` : '';
  const time = padEnd(taskTime(task, frame.nowMs), isRoomy ? 8 : 7);
  const glyph =
    verdict === undefined
      ? statusGlyph(task.status, look, frame.frame)
      : look.paint('yellow', look.glyphs.stuck);
  const head = `  ${glyph} ${id}${word} ${time}`;
  const room = width - textWidth(head) - 1;
  const detail = describeTask(task, frame, look, verdict);
  // A few columns of a sentence say nothing.
  if (detail === '' || room < 8) return head.trimEnd();
  const isLoud = verdict !== undefined || task.status === 'failed' || task.status === 'waiting';
  const shown = truncate(cleanLine(detail), room, ellipsis);
  return `${head} ${isLoud ? shown : look.paint('dim', shown)}`;
}

function taskTime(task: TaskExecution, nowMs: number): string {
  const attempt = task.attempts.at(-1);
  if (isTaskOver(task.status)) return describeElapsed(task.startedAt, task.finishedAt, nowMs);
  if (attempt === undefined || task.status === 'pending') return '';
  return describeElapsed(attempt.startedAt, attempt.finishedAt, nowMs);
}

function describeTask(
  task: TaskExecution,
  frame: LiveFrame,
  look: Look,
  verdict: StuckVerdict | undefined,
): string {
  const separator = ` ${look.glyphs.separator} `;
  const parts: string[] = [];
  if (task.attempt > 1) parts.push(`attempt ${String(task.attempt)}`);
  if (verdict !== undefined) return [...parts, verdict.evidence].join(separator);
  switch (task.status) {
    case 'pending': {
      if (task.isFinally && task.needs.length === 0) parts.push('at the end');
      const open = task.needs.filter((need) => {
        const needed = frame.execution.tasks.find((candidate) => candidate.id === need);
        return needed !== undefined && !isTaskOver(needed.status);
      });
      if (open.length > 0) parts.push(`after ${open.join(', ')}`);
      break;
    }
    case 'running':
    case 'cancelling':
      parts.push(frame.lastLines.get(task.id) ?? '');
      break;
    case 'retrying': {
      const inMs = task.nextAttemptAt === null ? 0 : Date.parse(task.nextAttemptAt) - frame.nowMs;
      parts.push(`again in ${String(Math.max(0, Math.ceil(inMs / 1000)))} s`, task.message ?? '');
      break;
    }
    case 'waiting':
      parts.push(task.question ?? 'waits for a decision');
      break;
    case 'failed':
    case 'cancelled':
    case 'interrupted':
    case 'skipped':
      parts.push(task.message ?? '');
      if (task.status === 'failed' && task.continueOnError) parts.push('allowed to fail');
      break;
    case 'succeeded':
      break;
  }
  return parts.filter((part) => part !== '').join(separator);
}

function renderFooter(frame: LiveFrame, look: Look, width: number): string[] {
  const { execution } = frame;
  const lines: string[] = [];
  const waiting = execution.tasks.filter((task) => task.status === 'waiting');
  const { ellipsis } = look.glyphs;
  if (waiting.length > 0 && !isExecutionOver(execution.status)) {
    const task = waiting.length > 1 ? ' TASK' : '';
    const how = `In another terminal: agent-executor approve ${execution.id}${task}   (or reject)`;
    lines.push(look.paint('magenta', truncate(`  ${how}`, width, ellipsis)));
  }
  const verdict = frame.verdicts.find((candidate) => candidate.task === null);
  if (verdict !== undefined) {
    lines.push(look.paint('yellow', truncate(`  ${verdict.evidence}`, width, ellipsis)));
  }
  if (frame.footer !== null) {
    const done = execution.tasks.filter((task) => isTaskOver(task.status)).length;
    const progress = `${String(done)} of ${String(execution.tasks.length)} over`;
    const text = `  ${progress} ${look.glyphs.separator} ${frame.footer}`;
    lines.push(look.paint('dim', truncate(text, width, ellipsis)));
  }
  return lines;
}
