import type { ExecutionStatus, TaskStatus } from '../../model/status.ts';

/** How a status is drawn: always an icon and a word, the colour only underlines it. */
export interface StatusLook {
  /** A codicon. */
  readonly icon: string;
  readonly word: string;
  readonly tone: 'good' | 'bad' | 'busy' | 'attention' | 'quiet';
  readonly isSpinning?: boolean;
}

const looks: Readonly<Record<ExecutionStatus | TaskStatus, StatusLook>> = {
  pending: { icon: 'circle-large-outline', word: 'Pending', tone: 'quiet' },
  queued: { icon: 'clock', word: 'Queued', tone: 'quiet' },
  running: { icon: 'loading', word: 'Running', tone: 'busy', isSpinning: true },
  retrying: { icon: 'history', word: 'Retrying', tone: 'attention' },
  waiting: { icon: 'question', word: 'Waiting', tone: 'attention' },
  cancelling: { icon: 'stop-circle', word: 'Cancelling', tone: 'attention' },
  succeeded: { icon: 'pass', word: 'Succeeded', tone: 'good' },
  failed: { icon: 'error', word: 'Failed', tone: 'bad' },
  cancelled: { icon: 'circle-slash', word: 'Cancelled', tone: 'quiet' },
  skipped: { icon: 'debug-step-over', word: 'Skipped', tone: 'quiet' },
  interrupted: { icon: 'debug-disconnect', word: 'Interrupted', tone: 'bad' },
};

const stuck: StatusLook = { icon: 'warning', word: 'Stuck', tone: 'attention' };

/** The look of an execution or a task; a stuck one says so in place of its status. */
export function lookOf(status: ExecutionStatus | TaskStatus, isStuck = false): StatusLook {
  return isStuck ? stuck : looks[status];
}
