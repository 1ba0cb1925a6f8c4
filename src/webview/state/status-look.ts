import type { ExecutionStatus, TaskStatus } from '../../model/status.ts';
import { t } from '../language/page-language.ts';

/** How a status is drawn: always an icon and a word, the colour only underlines it. */
export interface StatusLook {
  /** A codicon. */
  readonly icon: string;
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'busy' | 'attention' | 'quiet';
  readonly isSpinning?: boolean;
}

const looks: Readonly<Record<ExecutionStatus | TaskStatus, StatusLook>> = {
  pending: { icon: 'circle-large-outline', word: t('Pending'), tone: 'quiet' },
  queued: { icon: 'clock', word: t('Queued'), tone: 'quiet' },
  running: { icon: 'loading', word: t('Running'), tone: 'busy', isSpinning: true },
  retrying: { icon: 'history', word: t('Retrying'), tone: 'attention' },
  waiting: { icon: 'question', word: t('Waiting'), tone: 'attention' },
  cancelling: { icon: 'stop-circle', word: t('Cancelling'), tone: 'attention' },
  succeeded: { icon: 'pass', word: t('Succeeded'), tone: 'good' },
  failed: { icon: 'error', word: t('Failed'), tone: 'bad' },
  cancelled: { icon: 'circle-slash', word: t('Cancelled'), tone: 'quiet' },
  skipped: { icon: 'debug-step-over', word: t('Skipped'), tone: 'quiet' },
  interrupted: { icon: 'debug-disconnect', word: t('Interrupted'), tone: 'bad' },
};

const stuck: StatusLook = { icon: 'warning', word: t('Stuck'), tone: 'attention' };

/** The look of an execution or a task; a stuck one says so in place of its status. */
export function lookOf(status: ExecutionStatus | TaskStatus, isStuck = false): StatusLook {
  return isStuck ? stuck : looks[status];
}
