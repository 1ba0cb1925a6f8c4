import type { DetailHead } from '../../protocol/detail-messages.ts';
import { plural, t } from '../language/page-language.ts';

/** What a person may want to do about an execution, in a sentence; null when there is nothing to do. */
export function nextStep(head: DetailHead): string | null {
  const can = (action: DetailHead['actions'][number]): boolean => head.actions.includes(action);
  if (head.stuck.length > 0) {
    return can('cancel')
      ? t('Look at the end of the log: cancel when nothing more is to be expected.')
      : null;
  }
  switch (head.status) {
    case 'failed':
      return failedStep(head, can('retry'));
    case 'interrupted':
      return can('resume')
        ? t('Resume goes on where it stopped; what succeeded is not done again.')
        : null;
    case 'cancelled':
      return can('resume') ? t('Resume goes on with the tasks that were not done.') : null;
    case 'waiting':
      return can('approve')
        ? t('Answer the question below: the tasks behind it wait for that.')
        : null;
    case 'queued':
      return t('It starts by itself when the execution before it is over.');
    case 'cancelling':
      return can('cancel') ? t('If a task does not stop, “Kill now” ends it at once.') : null;
    case 'pending':
    case 'running':
    case 'succeeded':
      return null;
  }
}

function failedStep({ reason, tasks }: DetailHead, canRetry: boolean): string | null {
  if (reason === 'invalid-workflow') return t('Open the workflow: its problems are marked there.');
  if (reason === 'rejected') return t('It was rejected; run it again when that has changed.');
  if (!canRetry) return null;
  const count = Math.max(1, tasks.failed);
  return plural(
    count,
    'Retry runs the failed task again, and what depends on it; what succeeded stays.',
    'Retry runs the {0} failed tasks again, and what depends on it; what succeeded stays.',
  );
}
