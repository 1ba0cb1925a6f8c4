import type { Amount, FolderUsage } from '../../engine/diagnosing/folder-usage.ts';
import type { RetentionPlan } from '../../engine/history/enforce-retention.ts';
import type { RetentionLimits } from '../../engine/history/plan-retention.ts';
import { formatBytes } from '../../model/bytes.ts';

/** What can be done from the list. */
export type UsageAction = 'limits' | 'quarantine' | 'leftovers' | 'doctor' | 'open';

/** A row of the list; without an action it only tells. */
export interface UsageRow {
  readonly label: string;
  readonly description: string;
  readonly action: UsageAction | null;
}

/** What the folder holds, and what can be done about it; what is not there has no row. */
export function describeUsage(
  usage: FolderUsage,
  now: Date,
): { readonly holds: readonly UsageRow[]; readonly actions: readonly UsageRow[] } {
  const { finished, unfinished, unreadable, history, quarantine, leftovers } = usage;
  const since = usage.oldest === null ? '' : `, the oldest ${describeDays(usage.oldest, now)}`;
  const row = (icon: string, text: string, amount: Amount, more = ''): UsageRow[] =>
    amount.count === 0
      ? []
      : [
          {
            label: `$(${icon}) ${counted(text, amount.count)}`,
            description: `${formatBytes(amount.bytes)}${more}`,
            action: null,
          },
        ];
  const action = (icon: string, text: string, what: UsageAction, description = ''): UsageRow => ({
    label: `$(${icon}) ${text}`,
    description,
    action: what,
  });
  return {
    holds: [
      ...row('archive', '# finished executions', finished, since),
      ...row('sync', '# unfinished executions', unfinished, ', never removed'),
      ...row('question', '# unreadable executions', unreadable, ', never removed'),
      ...row('list-tree', 'Index of the history', history, ', made anew when it is gone'),
      ...row('beaker-stop', '# files in quarantine', quarantine),
      ...row('trash', '# leftovers of dead processes', leftovers),
    ],
    actions: [
      ...(finished.count === 0
        ? []
        : [action('clear-all', 'Remove Finished Executions…', 'limits')]),
      ...(quarantine.count === 0
        ? []
        : [action('trash', 'Delete the Quarantine…', 'quarantine', formatBytes(quarantine.bytes))]),
      ...(leftovers.count === 0
        ? []
        : [action('trash', 'Delete Leftovers', 'leftovers', formatBytes(leftovers.bytes))]),
      action('pulse', 'Check the State Folder', 'doctor'),
      action('folder-opened', 'Open the State Folder', 'open'),
    ],
  };
}

/** The text with the count for `#`; its words in the plural become one where there is one. */
function counted(text: string, count: number): string {
  const words = count === 1 ? text.replace(/\b(execution|file|leftover)s\b/, '$1') : text;
  return words.replace('#', count.toLocaleString('en'));
}

/** A choice of what to keep. */
export interface LimitChoice {
  readonly label: string;
  readonly limits: RetentionLimits;
}

const dayMs = 86_400_000;
const none: RetentionLimits = { maxCount: null, maxAgeMs: null, maxBytes: null };

/** What a person may want to keep. */
export const limitChoices: readonly LimitChoice[] = [
  ...[90, 30, 7, 1].map((days) => ({
    label: days === 1 ? 'Keep one day' : `Keep ${String(days)} days`,
    limits: { ...none, maxAgeMs: days * dayMs },
  })),
  ...[1000, 100, 10].map((maxCount) => ({
    label: `Keep the newest ${maxCount.toLocaleString('en')}`,
    limits: { ...none, maxCount },
  })),
  ...[10, 1].map((gigabytes) => ({
    label: `Keep the newest ${String(gigabytes)} GB`,
    limits: { ...none, maxBytes: gigabytes * 1e9 },
  })),
  { label: 'Keep none', limits: { ...none, maxCount: 0 } },
];

/** What a choice would remove. */
export function describePlan({ ids, bytes }: RetentionPlan): string {
  return `removes ${ids.length.toLocaleString('en')}, ${formatBytes(bytes)}`;
}

function describeDays(at: string, now: Date): string {
  const days = Math.floor((now.getTime() - Date.parse(at)) / dayMs);
  return days < 1 ? 'of today' : days === 1 ? 'of yesterday' : `${String(days)} days old`;
}
