import type { Amount, FolderUsage } from '../../engine/diagnosing/folder-usage.ts';
import { formatBytes } from '../../model/bytes.ts';
import type { Look } from './describe-status.ts';
import { describeAgo } from './describe-time.ts';
import { renderTable } from './render-table.ts';

const mostAgents = 10;

/** What a state folder holds, one kind a line, and how to get rid of it. */
export function renderUsage(usage: FolderUsage, look: Look, nowMs: number): string[] {
  const { paint } = look;
  const { finished, unfinished, unreadable, history, quarantine, leftovers, other } = usage;
  const age = usage.oldest === null ? '' : `the oldest ${describeAgo(usage.oldest, nowMs)}`;
  const row = (what: string, { count, bytes }: Amount, about: string): string[] => [
    what,
    String(count),
    formatBytes(bytes),
    paint('dim', about),
  ];
  const rows = [
    row('finished executions', finished, age),
    row('unfinished executions', unfinished, 'never removed'),
    row('unreadable executions', unreadable, 'never removed: agent-executor doctor'),
    row('history index', history, 'made anew when it is gone'),
    row('quarantine', quarantine, 'agent-executor clean --quarantine'),
    row('leftovers', leftovers, 'agent-executor clean --leftovers'),
    row('view and runner log', other, ''),
  ].filter(([, count], index) => index === 0 || count !== '0');
  const agents = usage.agents.slice(0, mostAgents).map((amount) => row(amount.agent, amount, ''));
  const more = usage.agents.length - mostAgents;
  return [
    `${paint('bold', usage.folder)}  ${formatBytes(usage.bytes)}`,
    ...renderTable(rows).map((line) => `  ${line}`),
    ...(agents.length === 0 ? [] : ['', paint('bold', 'Finished executions by agent')]),
    ...renderTable(agents).map((line) => `  ${line}`),
    ...(more > 0 ? [paint('dim', `  and ${String(more)} more`)] : []),
  ];
}
