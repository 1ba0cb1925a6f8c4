import type { VNode } from 'preact';
import type { DayCounts, Trend } from '../../protocol/insights-messages.ts';
import { formatDay, totalOf } from './day-strip.tsx';
import { Table } from './figures-table.tsx';
import { formatMs, formatRate, rateOf } from './format-rate.ts';
import { t } from '../language/page-language.ts';

/** What the pictures of days show, in figures; days without an execution or a recovery are left out. */
export function DayTable(props: {
  readonly days: readonly DayCounts[];
  readonly trend: Trend;
  readonly onDay: (atMs: number) => void;
}): VNode {
  const { days, trend, onDay } = props;
  return (
    <Table
      heads={[
        t('Day'),
        t('Executions'),
        t('Failed'),
        t('Success'),
        t('Median'),
        t('95th'),
        t('Recovery'),
      ]}
    >
      {days.map((day, at) => {
        const recoveryMs = trend.recoveryMs[at] ?? null;
        if (totalOf(day) === 0 && recoveryMs === null) return null;
        return (
          <tr key={day.atMs}>
            <th scope="row">
              <button type="button" class="link" onClick={() => onDay(day.atMs)}>
                {formatDay(day.atMs)}
              </button>
            </th>
            <td class="number">{totalOf(day)}</td>
            <td class="number">{day.failed}</td>
            <td class="number">{formatRate(rateOf(day.succeeded, day.failed))}</td>
            <td class="number">{formatMs(trend.p50Ms[at] ?? null)}</td>
            <td class="number">{formatMs(trend.p95Ms[at] ?? null)}</td>
            <td class="number">{formatMs(recoveryMs)}</td>
          </tr>
        );
      })}
    </Table>
  );
}
