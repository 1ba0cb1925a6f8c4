import { formatDuration } from '../../model/duration.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { EventRow } from '../../protocol/events-messages.ts';
import { maxText } from '../../protocol/limits.ts';
import { firstLine, fitText, toMs } from './fit-text.ts';
import type { NumberedEvent } from '../../engine/store/journal-events.ts';

type Words = Pick<EventRow, 'what' | 'cause' | 'tone'>;

/** An event in words for a person. */
export function describeEvent({ seq, event }: NumberedEvent): EventRow {
  const { what, cause, tone } = wordsOf(event);
  return {
    seq,
    atMs: toMs(event.at),
    task: 'task' in event ? fitText(event.task, maxText.id) : null,
    what: fitText(what, maxText.id),
    cause: firstLine(cause, 300),
    tone,
  };
}

const claims = {
  retry: 'for a retry',
  resume: 'for a resume',
  recovery: 'its former owner was proved dead',
  reopen: 'it is opened again',
} as const;

const endTones = {
  succeeded: 'good',
  failed: 'bad',
  interrupted: 'bad',
  cancelled: 'quiet',
  skipped: 'quiet',
} as const;

function wordsOf(event: ExecutionEvent): Words {
  switch (event.type) {
    case 'execution-created': {
      const { trigger, tasks } = event.execution;
      const cause = `${trigger.kind}, from ${trigger.source}`;
      return { what: `Created with ${String(tasks.length)} tasks`, cause, tone: 'quiet' };
    }
    case 'execution-claimed': {
      const what = `Taken over by process ${String(event.owner.pid)}`;
      return { what, cause: claims[event.why], tone: 'attention' };
    }
    case 'execution-queued':
      return { what: 'Queued', cause: event.message, tone: 'quiet' };
    case 'execution-started':
      return { what: 'Running', cause: null, tone: 'busy' };
    case 'execution-waiting':
      return { what: 'Waiting', cause: 'only approvals are left', tone: 'attention' };
    case 'execution-cancelling': {
      const what = event.how === 'kill' ? 'Killing' : 'Cancelling';
      return { what, cause: `by ${event.by}`, tone: 'attention' };
    }
    case 'execution-finished':
      return {
        what: capital(event.status),
        cause: joined(event.reason, event.message),
        tone: endTones[event.status],
      };
    case 'execution-restarted': {
      const tasks = event.tasks.length === 1 ? '1 task' : `${String(event.tasks.length)} tasks`;
      const what = event.why === 'retry' ? `Retry of ${tasks}` : `Resumed with ${tasks}`;
      return { what, cause: `by ${event.by}`, tone: 'attention' };
    }
    case 'task-started':
      return { what: `Attempt ${String(event.attempt)} started`, cause: null, tone: 'busy' };
    case 'task-spawned':
      return { what: `Process ${String(event.pid)} runs`, cause: null, tone: 'quiet' };
    case 'task-retrying': {
      const delayMs = Math.max(0, Date.parse(event.nextAttemptAt) - Date.parse(event.at));
      const what = `Attempt ${String(event.attempt)} failed, next in ${formatDuration(delayMs)}`;
      return { what, cause: joined(event.reason, event.message), tone: 'attention' };
    }
    case 'task-waiting':
      return { what: 'Waiting for an answer', cause: event.question, tone: 'attention' };
    case 'task-approved': {
      const { decision, by } = event.approval;
      const tone = decision === 'approved' ? 'good' : 'bad';
      return { what: capital(decision), cause: `by ${by}`, tone };
    }
    case 'task-child-started':
      return { what: 'Started another execution', cause: event.child, tone: 'busy' };
    case 'task-cancelling':
      return { what: 'Told to stop', cause: null, tone: 'attention' };
    case 'task-finished':
      return {
        what: capital(event.status),
        cause: joined(event.reason, event.message),
        tone: endTones[event.status],
      };
  }
}

function joined(reason: string | null, message: string | null): string | null {
  if (message === null) return reason;
  return reason === null ? message : `${reason}: ${message}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
