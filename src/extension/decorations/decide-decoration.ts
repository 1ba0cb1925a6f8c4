import { formatDuration } from '../../model/duration.ts';
import type { Execution } from '../../model/execution.ts';
import { isInPlaceOf, wordStatus } from '../folder-state.ts';

/** How a workflow file is marked in explorers and tabs. */
export interface FileMark {
  /** One character. */
  readonly badge: string;
  readonly tooltip: string;
  /** A colour of the theme; null: the name stays as it is. */
  readonly colour: string | null;
}

/** The mark for the newest execution of a file's agent; null where there is nothing to say: it never ran, or was cancelled. */
export function decideMark(agent: string, newest: Execution | null): FileMark | null {
  if (newest === null) return null;
  const tooltip = `Last execution: ${wordStatus(agent, newest)}${spanOf(newest)}`;
  // Whatever became of the fallback: this workflow could not run.
  if (isInPlaceOf(agent, newest)) {
    return { badge: '!', tooltip, colour: 'list.warningForeground' };
  }
  switch (newest.status) {
    case 'succeeded':
      return { badge: '✓', tooltip, colour: null };
    case 'failed':
    case 'interrupted':
      return { badge: '✗', tooltip, colour: 'list.errorForeground' };
    case 'waiting':
      return { badge: '?', tooltip, colour: 'list.warningForeground' };
    case 'pending':
    case 'queued':
    case 'running':
    case 'cancelling':
      return { badge: '▸', tooltip, colour: null };
    case 'cancelled':
      return null;
  }
}

function spanOf({ startedAt, finishedAt }: Execution): string {
  if (startedAt === null || finishedAt === null) return '';
  const ms = Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) && ms >= 0 ? ` after ${formatDuration(ms)}` : '';
}
