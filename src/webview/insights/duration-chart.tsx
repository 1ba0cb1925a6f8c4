import type { VNode } from 'preact';
import type { DayCounts } from '../../protocol/insights-messages.ts';
import { formatDay } from './day-strip.tsx';
import { t } from '../language/page-language.ts';
import { formatDuration } from '../language/format.ts';

const width = 600;
const height = 80;

/** One line of the picture: a value for each day. */
export interface ChartLine {
  readonly label: string;
  readonly look: 'median' | 'high';
  readonly values: readonly (number | null)[];
}

/** Durations as lines over the days; days without a value are left out. The tables say the same in figures. */
export function DurationChart(props: {
  readonly days: readonly DayCounts[];
  readonly lines: readonly ChartLine[];
  readonly label: string;
}): VNode {
  const { days, lines, label } = props;
  const most = Math.max(1, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return (
    <figure class="duration-chart">
      <figcaption class="muted number">
        {lines.map(({ label: name, look }) => (
          <span key={look} class={`chart-key ${look}`}>
            {name}
          </span>
        ))}
        <span>{t('up to {0}', formatDuration(most))}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('{0}; the table below has the figures', label)}
      >
        <line class="chart-ground" x1={0} x2={width} y1={height - 5} y2={height - 5} />
        {lines.map((line) => (
          <Line key={line.look} days={days} line={line} most={most} />
        ))}
      </svg>
    </figure>
  );
}

function Line(props: {
  readonly days: readonly DayCounts[];
  readonly line: ChartLine;
  readonly most: number;
}): VNode {
  const { days, line, most } = props;
  const points = days.flatMap(({ atMs }, index) => {
    const tookMs = line.values[index] ?? null;
    if (tookMs === null) return [];
    const x = ((index + 0.5) / days.length) * width;
    const y = height - 6 - (tookMs / most) * (height - 18);
    return [{ atMs, tookMs, x, y }];
  });
  return (
    <g class={`chart-${line.look}`}>
      <polyline
        class="chart-line"
        points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
      />
      {points.map(({ atMs, tookMs, x, y }) => (
        <rect key={atMs} class="chart-point" x={x - 2} y={y - 2} width={4} height={4}>
          <title>{`${formatDay(atMs)}, ${line.label}: ${formatDuration(tookMs)}`}</title>
        </rect>
      ))}
    </g>
  );
}
