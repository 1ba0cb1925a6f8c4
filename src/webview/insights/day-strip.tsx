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
  const bars = drawBars(days);
  return (
    <svg
      class="day-strip"
      viewBox={`0 0 ${days.length * step} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={describeDays(days)}
    >
      <path class="day-none" d={bars.none} />
      <path class="day-good" d={bars.good} />
      <path class="day-bad" d={bars.bad} />
      {days.map((day, index) =>
        totalOf(day) === 0 ? null : (
          <rect
            key={day.atMs}
            class="day"
            x={index * step}
            y={0}
            width={step}
            height={height}
            onClick={() => onDay(day)}
          >
            <title>{describeDay(day)}</title>
          </rect>
        ),
      )}
    </svg>
  );
}

/** The bars of all days as three shapes: the page has few elements, whatever is drawn. */
function drawBars(days: readonly DayCounts[]): Readonly<Record<'none' | 'good' | 'bad', string>> {
  const most = Math.max(1, ...days.map(totalOf));
  const shapes = { none: '', good: '', bad: '' };
  for (const [index, day] of days.entries()) {
    const total = totalOf(day);
    const x = index * step + 1;
    const bar = (top: number, tall: number): string =>
      `M${x},${top.toFixed(1)}h${step - 2}v${tall.toFixed(1)}h${2 - step}z`;
    shapes.none += bar(height - 2, 2);
    if (total === 0) continue;
    const tall = 5 + (Math.log1p(total) / Math.log1p(most)) * (height - 6);
    shapes.good += bar(height - tall, tall);
    // However few failed among many: it can be seen.
    if (day.failed > 0) {
      shapes.bad += bar(height - tall, Math.max(4, (tall * day.failed) / total));
    }
  }
  return shapes;
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
