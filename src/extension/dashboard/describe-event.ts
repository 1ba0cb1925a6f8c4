import { formatDuration } from '../../model/duration.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { EventRow } from '../../protocol/events-messages.ts';
import { maxText } from '../../protocol/limits.ts';
import { firstLine, fitText, toMs } from './fit-text.ts';
import type { NumberedEvent } from '../../engine/store/journal-events.ts';
import type { Tell } from '../../model/tell-message.ts';
import type { Translate } from '../../model/translate.ts';
import { wordForStatus } from '../status-words.ts';
import { inEnglishWords, type Words } from './words.ts';

type Told = Pick<EventRow, 'what' | 'cause' | 'tone'>;

/** An event in words for a person. */
export function describeEvent(
  { seq, event }: NumberedEvent,
  words: Words = inEnglishWords,
): EventRow {
  const { what, cause, tone } = wordsOf(event, words);
  return {
    seq,
    atMs: toMs(event.at),
    task: 'task' in event ? fitText(event.task, maxText.id) : null,
    what: fitText(what, maxText.id),
    cause: firstLine(cause, 300),
    tone,
  };
}

const endTones = {
  succeeded: 'good',
  failed: 'bad',
  interrupted: 'bad',
  cancelled: 'quiet',
  skipped: 'quiet',
} as const;

function wordsOf(event: ExecutionEvent, words: Words): Told {
  const { t, tell } = words;
  switch (event.type) {
    case 'execution-created': {
      const { trigger, tasks } = event.execution;
      return {
        what: t('Created with {0} tasks', tasks.length),
        cause: t('{0}, from {1}', wordKind(trigger.kind, t), trigger.source),
        tone: 'quiet',
      };
    }
    case 'execution-claimed': {
      const what = t('Taken over by process {0}', event.owner.pid);
      return { what, cause: wordClaim(event.why, t), tone: 'attention' };
    }
    case 'execution-queued':
      return { what: t('Queued'), cause: tell(event.message), tone: 'quiet' };
    case 'execution-started':
      return { what: t('Running'), cause: null, tone: 'busy' };
    case 'execution-waiting':
      return { what: t('Waiting'), cause: t('only approvals are left'), tone: 'attention' };
    case 'execution-cancelling': {
      const what = event.how === 'kill' ? t('Killing') : t('Cancelling');
      return { what, cause: t('by {0}', event.by), tone: 'attention' };
    }
    case 'execution-finished':
      return {
        what: capital(wordForStatus(event.status, t)),
        cause: joined(event.reason, event.message, tell),
        tone: endTones[event.status],
      };
    case 'execution-restarted': {
      const { length } = event.tasks;
      const isRetry = event.why === 'retry';
      const one = isRetry ? t('Retry of 1 task') : t('Resumed with 1 task');
      const several = isRetry
        ? t('Retry of {0} tasks', length)
        : t('Resumed with {0} tasks', length);
      return {
        what: length === 1 ? one : several,
        cause: t('by {0}', event.by),
        tone: 'attention',
      };
    }
    case 'task-started':
      return { what: t('Attempt {0} started', event.attempt), cause: null, tone: 'busy' };
    case 'task-spawned':
      return { what: t('Process {0} runs', event.pid), cause: null, tone: 'quiet' };
    case 'task-retrying': {
      const delayMs = Math.max(0, Date.parse(event.nextAttemptAt) - Date.parse(event.at));
      return {
        what: t('Attempt {0} failed, next in {1}', event.attempt, formatDuration(delayMs)),
        cause: joined(event.reason, event.message, tell),
        tone: 'attention',
      };
    }
    case 'task-waiting':
      return { what: t('Waiting for an answer'), cause: event.question, tone: 'attention' };
    case 'task-approved': {
      const { decision, by } = event.approval;
      const isApproved = decision === 'approved';
      return {
        what: isApproved ? t('Approved') : t('Rejected'),
        cause: t('by {0}', by),
        tone: isApproved ? 'good' : 'bad',
      };
    }
    case 'task-child-started':
      return { what: t('Started another execution'), cause: event.child, tone: 'busy' };
    case 'task-cancelling':
      return { what: t('Told to stop'), cause: null, tone: 'attention' };
    case 'task-finished':
      return {
        what: capital(wordForStatus(event.status, t)),
        cause: joined(event.reason, event.message, tell),
        tone: endTones[event.status],
      };
  }
}

function wordClaim(why: 'retry' | 'resume' | 'recovery' | 'reopen', t: Translate): string {
  switch (why) {
    case 'retry':
      return t('for a retry');
    case 'resume':
      return t('for a resume');
    case 'recovery':
      return t('its former owner was proved dead');
    case 'reopen':
      return t('it is opened again');
  }
}

function wordKind(kind: string, t: Translate): string {
  return kind === 'manual' ? t('manual') : kind;
}

function joined(reason: string | null, message: string | null, tell: Tell): string | null {
  if (message === null) return reason;
  return reason === null ? tell(message) : `${reason}: ${tell(message)}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
