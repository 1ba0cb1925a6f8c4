import { formatDuration } from '../../model/duration.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution, TaskExecution } from '../../model/execution.ts';
import { statusGlyph, type Look } from './describe-status.ts';
import { cleanLine } from './text-width.ts';

/**
 * The line that tells of an event where nothing can be drawn in place; null for what is not worth one. `task` is the
 * one that the event is of.
 */
export function plainLine(
  event: ExecutionEvent,
  execution: Execution,
  task: TaskExecution | null,
  look: Look,
): string | null {
  switch (event.type) {
    case 'execution-created':
    case 'execution-claimed':
    case 'execution-finished':
    case 'execution-waiting':
    case 'task-spawned':
      return null;
    case 'execution-started': {
      const inputs = Object.entries(execution.inputs).map(
        ([key, value]) => `${key}=${String(value)}`,
      );
      const given = inputs.length === 0 ? '' : ` with ${cleanLine(inputs.join(', '))}`;
      return `${statusGlyph('running', look)} ${execution.agent} ${execution.id} started${given}`;
    }
    case 'execution-queued':
      return `${statusGlyph('queued', look)} ${execution.agent} queued: ${cleanLine(event.message)}`;
    case 'execution-cancelling': {
      const what = event.how === 'kill' ? 'is killed' : 'is cancelled';
      return `${statusGlyph('cancelling', look)} ${execution.agent} ${what} by ${cleanLine(event.by)}`;
    }
    case 'execution-restarted': {
      const again = event.tasks.join(', ');
      return `${statusGlyph('retrying', look)} ${execution.agent} ${event.why}: ${again} again`;
    }
    case 'task-started': {
      const attempt = event.attempt > 1 ? ` (attempt ${String(event.attempt)})` : '';
      return `${statusGlyph('running', look)} ${event.task} started${attempt}`;
    }
    case 'task-waiting': {
      const how = `agent-executor approve ${execution.id} ${event.task}`;
      return `${statusGlyph('waiting', look)} ${event.task} asks: ${cleanLine(event.question)} (${how})`;
    }
    case 'task-approved': {
      const { decision, by } = event.approval;
      return `${statusGlyph(decision === 'approved' ? 'succeeded' : 'failed', look)} ${event.task} ${decision} by ${cleanLine(by)}`;
    }
    case 'task-child-started':
      return `${statusGlyph('running', look)} ${event.task} runs execution ${event.child}`;
    case 'task-cancelling':
      return `${statusGlyph('cancelling', look)} ${event.task} is being cancelled`;
    case 'task-retrying': {
      const waitMs = Math.max(0, Date.parse(event.nextAttemptAt) - Date.parse(event.at));
      return `${statusGlyph('retrying', look)} ${event.task} failed: ${cleanLine(event.message)}; attempt ${String(event.attempt + 1)} in ${formatDuration(waitMs)}`;
    }
    case 'task-finished':
      return finishedLine(event, task, look);
  }
}

function finishedLine(
  event: Extract<ExecutionEvent, { readonly type: 'task-finished' }>,
  task: TaskExecution | null,
  look: Look,
): string {
  const startedAt = task?.startedAt ?? null;
  const time =
    startedAt === null ? '' : ` in ${formatDuration(Date.parse(event.at) - Date.parse(startedAt))}`;
  const message = event.message === null ? '' : `: ${cleanLine(event.message)}`;
  const allowed = event.status === 'failed' && task?.continueOnError === true;
  return `${statusGlyph(event.status, look)} ${event.task} ${event.status}${time}${message}${allowed ? ' (allowed to fail)' : ''}`;
}
