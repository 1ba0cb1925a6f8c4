import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { Translate } from '../../model/translate.ts';

/** The headings of the executions view, in their order. */
export const executionSections = ['running', 'failed', 'today', 'older'] as const;

/** Where an execution stands in the executions view. */
export type ExecutionSection = (typeof executionSections)[number];

/** What a heading says. */
export function nameSection(section: ExecutionSection, t: Translate): string {
  switch (section) {
    case 'running':
      return t('Running');
    case 'failed':
      return t('Failed');
    case 'today':
      return t('Today');
    case 'older':
      return t('Older');
  }
}

/**
 * The first heading that fits: what is not over, what failed or was interrupted, and then the day on which it was
 * created, by the clock of this machine.
 */
export function sectionOf(execution: Execution, now: Date): ExecutionSection {
  if (!isExecutionOver(execution.status)) return 'running';
  if (execution.status === 'failed' || execution.status === 'interrupted') return 'failed';
  const today = new Date(now);
  today.setHours(0, 0, 0, 0);
  return Date.parse(execution.createdAt) >= today.getTime() ? 'today' : 'older';
}
