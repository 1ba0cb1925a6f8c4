import type { VNode } from 'preact';
import type { DayCounts } from '../../protocol/insights-messages.ts';

/** Units of the picture, which is stretched to its place. */
const step = 6;
const height = 30;

/** A bar a day: how many there were, and above them in another colour how many failed. A click shows that day. */
export function DayStrip(props: {
  readonly days: readonly DayCounts[];
  readonly onDay: (day: DayCounts) => void;
}): VNode {
  const { days, onDay } = props;
  const most = Math.max(1, ...days.map(totalOf));
  const scale = (count: number): number =>
    count === 0 ? 0 : 5 + (Math.log1p(count) / Math.log1p(most)) * (height - 6);
  return (
    <svg
      class="day-strip"
      viewBox={`0 0 ${days.length * step} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={describeDays(days)}
    >
      {days.map((day, index) => {
        const total = totalOf(day);
        const tall = scale(total);
        const bad = total === 0 ? 0 : Math.max(day.failed > 0 ? 4 : 0, (tall * day.failed) / total);
        const x = index * step;
        return (
          <g
            key={day.atMs}
            class="day"
            onClick={() => {
              if (total > 0) onDay(day);
            }}
          >
            <title>{describeDay(day)}</title>
            <rect class="day-ground" x={x} y={0} width={step} height={height} />
            <rect class="day-none" x={x + 1} y={height - 2} width={step - 2} height={2} />
            <rect class="day-good" x={x + 1} y={height - tall} width={step - 2} height={tall} />
            <rect class="day-bad" x={x + 1} y={height - tall} width={step - 2} height={bad} />
          </g>
        );
      })}
    </svg>
  );
}

/** A day in words. */
export function describeDay(day: DayCounts): string {
  const name = formatDay(day.atMs);
  const total = totalOf(day);
  if (total === 0) return `${name}: none`;
  const failed = day.failed === 0 ? 'none failed' : `${day.failed} failed`;
  return `${name}: ${total} ${total === 1 ? 'execution' : 'executions'}, ${failed}`;
}

/** The date of a day, short. */
export function formatDay(atMs: number): string {
  return new Date(atMs).toLocaleDateString(undefined, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
  });
}

/** All of a day. */
export function totalOf({ succeeded, failed, other }: DayCounts): number {
  return succeeded + failed + other;
}

function describeDays(days: readonly DayCounts[]): string {
  const total = days.reduce((sum, day) => sum + totalOf(day), 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  return `The last ${days.length} days: ${total} executions, ${failed} failed. Analytics has them as a table.`;
}
