import type { VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DayCounts } from '../../protocol/insights-messages.ts';
import { locale, plural, t } from '../language/page-language.ts';
import { memo } from '../parts/memo.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { showDay } from './show-day.ts';

// Made once: that takes far longer than writing one date with it.
const dates = new Intl.DateTimeFormat(locale, { weekday: 'short', month: 'short', day: 'numeric' });

/** Units of the picture, which is stretched to its place. */
const step = 6;
const height = 30;

/**
 * A bar a day: how many there were, and above them in another colour how many failed. A click shows that day. Only the
 * day that keys have come to and the one below the pointer are elements.
 */
export const DayStrip = memo<{
  readonly days: readonly DayCounts[];
  readonly model: DashboardModel;
}>(({ days, model }): VNode => {
  const onDay = ({ atMs }: DayCounts): void => showDay(model, atMs, 'all');
  const bars = drawBars(days);
  const busy = days.filter((day) => totalOf(day) > 0);
  const [current, setCurrent] = useState<number | null>(null);
  const [pointed, setPointed] = useState(-1);
  // One place for Tab, arrows go on from there: from the newest day back.
  const stop = busy.find(({ atMs }) => atMs === current) ?? busy.at(-1);
  const stopRef = useRef<SVGRectElement>(null);
  const isMoving = useRef(false);
  useLayoutEffect(() => {
    if (isMoving.current) stopRef.current?.focus();
    isMoving.current = false;
  }, [current]);
  const move = (event: KeyboardEvent): void => {
    const place = stop === undefined ? -1 : busy.indexOf(stop);
    const next = busy[placeFor(event.key, place, busy.length) ?? -1];
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (stop !== undefined) onDay(stop);
    }
    if (next === undefined) return;
    event.preventDefault();
    isMoving.current = next.atMs !== stop?.atMs;
    setCurrent(next.atMs);
  };
  const choose = (event: MouseEvent): void => {
    // A click that is no pointer's, as that of a screen reader, has no place.
    const day = event.detail === 0 ? stop : days[pointedAt(event, days.length)];
    if (day === undefined || totalOf(day) === 0) return;
    setCurrent(day.atMs);
    onDay(day);
  };
  const hovered = days[pointed];
  return (
    <svg
      class="day-strip"
      viewBox={`0 0 ${days.length * step} ${height}`}
      preserveAspectRatio="none"
      role="group"
      aria-label={describeDays(days)}
      onKeyDown={move}
      onClick={choose}
      onMouseMove={(event) => setPointed(pointedAt(event, days.length))}
      onMouseLeave={() => setPointed(-1)}
    >
      <path class="day-none" d={bars.none} />
      <path class="day-good" d={bars.good} />
      <path class="day-bad" d={bars.bad} />
      {stop !== undefined && (
        // Another element for each day: what has the focus then is told anew.
        <rect
          key={stop.atMs}
          ref={stopRef}
          class="day"
          {...placeOf(days.indexOf(stop))}
          role="button"
          tabindex={0}
          aria-label={t('Show {0}', describeDay(stop))}
        />
      )}
      {hovered !== undefined && totalOf(hovered) > 0 && (
        <rect class="day-pointed" {...placeOf(pointed)} aria-hidden="true">
          <title>{describeDay(hovered)}</title>
        </rect>
      )}
    </svg>
  );
});

function placeOf(index: number): Readonly<Record<'x' | 'y' | 'width' | 'height', number>> {
  return { x: index * step, y: 0, width: step, height };
}

/** The day that the pointer is at; outside of them where it is at none. */
function pointedAt(event: MouseEvent, count: number): number {
  const { left, width } = (event.currentTarget as SVGElement).getBoundingClientRect();
  return Math.floor(((event.clientX - left) / width) * count);
}

function placeFor(key: string, place: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, place - 1);
    case 'ArrowRight':
      return Math.min(count - 1, place + 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
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
  if (total === 0) return t('{0}: none', name);
  const failed = day.failed === 0 ? t('none failed') : t('{0} failed', day.failed);
  return `${name}: ${plural(total, '{0} execution', '{0} executions')}, ${failed}`;
}

/** The date of a day, short. */
export function formatDay(atMs: number): string {
  return dates.format(atMs);
}

/** All of a day. */
export function totalOf({ succeeded, failed, other }: DayCounts): number {
  return succeeded + failed + other;
}

function describeDays(days: readonly DayCounts[]): string {
  const total = days.reduce((sum, day) => sum + totalOf(day), 0);
  const failed = days.reduce((sum, day) => sum + day.failed, 0);
  return t(
    'The last {0} days: {1} executions, {2} failed. Analytics has them as a table.',
    days.length,
    total,
    failed,
  );
}
