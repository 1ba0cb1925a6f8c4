import type { Amount, FolderUsage } from '../../engine/diagnosing/folder-usage.ts';
import type { RetentionPlan } from '../../engine/history/enforce-retention.ts';
import type { RetentionLimits } from '../../engine/history/plan-retention.ts';
import { formatBytes } from '../../model/bytes.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';
import { describeCount } from '../describe-count.ts';

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
  t: Translate = inEnglish,
): { readonly holds: readonly UsageRow[]; readonly actions: readonly UsageRow[] } {
  const { finished, unfinished, unreadable, history, quarantine, leftovers } = usage;
  const since = usage.oldest === null ? '' : `, ${describeOldest(usage.oldest, now, t)}`;
  const kept = `, ${t('never removed')}`;
  const index = t('Index of the history');
  const row = (
    icon: string,
    amount: Amount,
    one: string,
    several: (count: string) => string,
    more = '',
  ): UsageRow[] =>
    amount.count === 0
      ? []
      : [
          {
            label: `$(${icon}) ${amount.count === 1 ? one : several(describeCount(amount.count, t))}`,
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
      ...row(
        'archive',
        finished,
        t('1 finished execution'),
        (count) => t('{0} finished executions', count),
        since,
      ),
      ...row(
        'sync',
        unfinished,
        t('1 unfinished execution'),
        (count) => t('{0} unfinished executions', count),
        kept,
      ),
      ...row(
        'question',
        unreadable,
        t('1 unreadable execution'),
        (count) => t('{0} unreadable executions', count),
        kept,
      ),
      ...row('list-tree', history, index, () => index, `, ${t('made anew when it is gone')}`),
      ...row('beaker-stop', quarantine, t('1 file in quarantine'), (count) =>
        t('{0} files in quarantine', count),
      ),
      ...row('trash', leftovers, t('1 leftover of dead processes'), (count) =>
        t('{0} leftovers of dead processes', count),
      ),
    ],
    actions: [
      ...(finished.count === 0
        ? []
        : [action('clear-all', t('Remove Finished Executions…'), 'limits')]),
      ...(quarantine.count === 0
        ? []
        : [
            action(
              'trash',
              t('Delete the Quarantine…'),
              'quarantine',
              formatBytes(quarantine.bytes),
            ),
          ]),
      ...(leftovers.count === 0
        ? []
        : [action('trash', t('Delete Leftovers'), 'leftovers', formatBytes(leftovers.bytes))]),
      action('pulse', t('Check the State Folder'), 'doctor'),
      action('folder-opened', t('Open the State Folder'), 'open'),
    ],
  };
}

/** A choice of what to keep. */
export interface LimitChoice {
  readonly label: string;
  readonly limits: RetentionLimits;
}

const dayMs = 86_400_000;
const none: RetentionLimits = { maxCount: null, maxAgeMs: null, maxBytes: null };

/** What a person may want to keep. */
export function limitChoices(t: Translate = inEnglish): readonly LimitChoice[] {
  return [
    ...[90, 30, 7, 1].map((days) => ({
      label: days === 1 ? t('Keep one day') : t('Keep {0} days', days),
      limits: { ...none, maxAgeMs: days * dayMs },
    })),
    ...[1000, 100, 10].map((maxCount) => ({
      label: t('Keep the newest {0}', describeCount(maxCount, t)),
      limits: { ...none, maxCount },
    })),
    ...[10, 1].map((gigabytes) => ({
      label: t('Keep the newest {0} GB', gigabytes),
      limits: { ...none, maxBytes: gigabytes * 1e9 },
    })),
    { label: t('Keep none'), limits: { ...none, maxCount: 0 } },
  ];
}

/** What a choice would remove. */
export function describePlan({ ids, bytes }: RetentionPlan, t: Translate = inEnglish): string {
  return t('removes {0}, {1}', describeCount(ids.length, t), formatBytes(bytes));
}

function describeOldest(at: string, now: Date, t: Translate): string {
  const days = Math.floor((now.getTime() - Date.parse(at)) / dayMs);
  if (days < 1) return t('the oldest of today');
  return days === 1 ? t('the oldest of yesterday') : t('the oldest {0} days old', days);
}
