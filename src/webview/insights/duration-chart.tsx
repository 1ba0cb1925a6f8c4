import type { VNode } from 'preact';
import { formatDuration } from '../../model/duration.ts';
import type { DayCounts } from '../../protocol/insights-messages.ts';
import { formatDay } from './day-strip.tsx';

const width = 600;
const height = 80;

/** Median durations as a line; days without a success are left out. */
export function DurationChart({ days }: { readonly days: readonly DayCounts[] }): VNode {
  const most = Math.max(1, ...days.map(({ p50Ms }) => p50Ms ?? 0));
  const points = days.flatMap(({ atMs, p50Ms }, index) =>
    p50Ms === null
      ? []
      : [
          {
            atMs,
            p50Ms,
            x: ((index + 0.5) / days.length) * width,
            y: height - 6 - (p50Ms / most) * (height - 18),
          },
        ],
  );
  return (
    <figure class="duration-chart">
      <figcaption class="muted number">up to {formatDuration(most)}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Median duration of each day; the table below has the figures"
      >
        <line class="chart-ground" x1={0} x2={width} y1={height - 5} y2={height - 5} />
        <polyline
          class="chart-line"
          points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
        />
        {points.map(({ atMs, p50Ms, x, y }) => (
          <rect key={atMs} class="chart-point" x={x - 2} y={y - 2} width={4} height={4}>
            <title>{`${formatDay(atMs)}: ${formatDuration(p50Ms)}`}</title>
          </rect>
        ))}
      </svg>
    </figure>
  );
}
