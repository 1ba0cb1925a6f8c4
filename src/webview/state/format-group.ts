import type { ListGrouping } from '../../protocol/list-messages.ts';
import { locale, t } from '../language/page-language.ts';

const parts = { weekday: 'long', month: 'long', day: 'numeric' } as const;
// Made once: that takes far longer than writing one date with it.
const thisYear = new Intl.DateTimeFormat(locale, parts);
const anyYear = new Intl.DateTimeFormat(locale, { ...parts, year: 'numeric' });

/** The heading of a group: the agent, or the day in the words of the person's locale. */
export function formatGroup(name: string, grouping: ListGrouping, nowMs: number): string {
  if (name === '') return grouping === 'day' ? t('Earlier') : t('Other agents');
  if (grouping !== 'day') return name;
  const [year = 0, month = 1, day = 1] = name.split('-').map(Number);
  const date = new Date(year, month - 1, day);
  const words = (year === new Date(nowMs).getFullYear() ? thisYear : anyYear).format(date);
  const today = new Date(nowMs);
  today.setHours(0, 0, 0, 0);
  // Rounded: some days have 23 hours, or 25.
  const ago = Math.round((today.getTime() - date.getTime()) / 86_400_000);
  return ago === 0 ? t('Today, {0}', words) : ago === 1 ? t('Yesterday, {0}', words) : words;
}
