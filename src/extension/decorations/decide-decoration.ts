import { formatDuration } from '../../model/duration.ts';
import type { Execution } from '../../model/execution.ts';
import { isInPlaceOf } from '../folder-state.ts';
import { wordForResult } from '../status-words.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** How a workflow file is marked in explorers and tabs. */
export interface FileMark {
  /** One character. */
  readonly badge: string;
  readonly tooltip: string;
  /** A colour of the theme; null: the name stays as it is. */
  readonly colour: string | null;
}

/** The mark for the newest execution of a file's agent; null where there is nothing to say: it never ran, or was cancelled. */
export function decideMark(
  agent: string,
  newest: Execution | null,
  t: Translate = inEnglish,
): FileMark | null {
  if (newest === null) return null;
  const result = wordForResult(agent, newest, t);
  const span = spanOf(newest);
  const tooltip =
    span === null
      ? t('Last execution: {0}', result)
      : t('Last execution: {0} after {1}', result, span);
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

function spanOf({ startedAt, finishedAt }: Execution): string | null {
  if (startedAt === null || finishedAt === null) return null;
  const ms = Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) && ms >= 0 ? formatDuration(ms) : null;
}
