import type { Execution } from '../model/execution.ts';
import type { ExecutionStatus, TaskStatus } from '../model/status.ts';
import { isInPlaceOf } from './folder-state.ts';
import type { Translate } from '../model/translate.ts';

/** A state as a person reads it. */
export function wordForStatus(status: ExecutionStatus | TaskStatus, t: Translate): string {
  switch (status) {
    case 'pending':
      return t('pending');
    case 'queued':
      return t('queued');
    case 'running':
      return t('running');
    case 'retrying':
      return t('retrying');
    case 'waiting':
      return t('waiting');
    case 'cancelling':
      return t('cancelling');
    case 'succeeded':
      return t('succeeded');
    case 'failed':
      return t('failed');
    case 'cancelled':
      return t('cancelled');
    case 'skipped':
      return t('skipped');
    case 'interrupted':
      return t('interrupted');
  }
}

/** How the newest execution of an agent stands: the result of a fallback is not the agent's own. */
export function wordForResult(
  agent: string,
  execution: Execution,
  t: Translate,
  status: string = wordForStatus(execution.status, t),
): string {
  return isInPlaceOf(agent, execution) ? t('fallback ran: {0}', status) : status;
}
