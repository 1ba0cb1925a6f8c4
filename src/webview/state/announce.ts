import { isExecutionOver } from '../../model/status.ts';
import type { ListState } from './list-state.ts';
import { lookOf } from './status-look.ts';
import { t } from '../language/page-language.ts';

/** What a listener should hear of a change of the list: executions that ended, wait or got stuck; empty: nothing. */
export function describeChanges(before: ListState, after: ListState): string {
  const sentences: string[] = [];
  if (before.rows === after.rows) return '';
  for (const [key, row] of after.rows) {
    const known = before.rows.get(key);
    if (known === undefined || known === row) continue;
    const isNews =
      (row.isStuck && !known.isStuck) ||
      (row.status !== known.status && (isExecutionOver(row.status) || row.status === 'waiting'));
    if (isNews) sentences.push(`${row.name}: ${lookOf(row.status, row.isStuck).word}.`);
  }
  const more = sentences.length - 3;
  return more > 0
    ? `${sentences.slice(0, 3).join(' ')} ${t('And {0} more.', more)}`
    : sentences.join(' ');
}
