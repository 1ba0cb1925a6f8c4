import { unreachable } from '../../model/result.ts';
import type { ExecutionStatus, TaskStatus } from '../../model/status.ts';
import type { NodeIcon } from './kept-tree.ts';

/** What a row can be, whatever it stands for. */
export type AnyStatus = ExecutionStatus | TaskStatus;

/** The icon of a state, in the Testing view's shapes and colours. Only what really works spins. */
export function statusIcon(status: AnyStatus): NodeIcon {
  switch (status) {
    case 'pending':
      return { id: 'circle-outline', color: null };
    case 'queued':
      return { id: 'history', color: 'testing.iconQueued' };
    case 'running':
      return { id: 'loading~spin', color: null };
    case 'retrying':
      return { id: 'debug-restart', color: 'testing.iconQueued' };
    case 'waiting':
      return { id: 'question', color: 'testing.iconQueued' };
    case 'cancelling':
      return { id: 'stop-circle', color: 'testing.iconQueued' };
    case 'succeeded':
      return { id: 'pass', color: 'testing.iconPassed' };
    case 'failed':
      return { id: 'error', color: 'testing.iconFailed' };
    case 'cancelled':
      return { id: 'circle-slash', color: 'testing.iconSkipped' };
    case 'skipped':
      return { id: 'debug-step-over', color: 'testing.iconSkipped' };
    case 'interrupted':
      return { id: 'debug-disconnect', color: 'testing.iconErrored' };
    default:
      return unreachable(status);
  }
}

/** In place of the state's own icon where a verdict stands. */
export const stuckIcon: NodeIcon = { id: 'warning', color: 'list.warningForeground' };

/** The state of several tasks as one: what needs a person first, then what works, then how it ended. */
export function overallStatus(statuses: readonly TaskStatus[]): TaskStatus {
  const order: readonly TaskStatus[] = [
    'waiting',
    'cancelling',
    'running',
    'retrying',
    'failed',
    'interrupted',
    'cancelled',
    'pending',
    'succeeded',
  ];
  return order.find((status) => statuses.includes(status)) ?? 'skipped';
}
