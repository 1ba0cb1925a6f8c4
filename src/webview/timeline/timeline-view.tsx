import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { StatusIcon } from '../parts/icon.tsx';
import { Elapsed, useClock } from '../parts/ticking.tsx';
import { ZoomBox } from '../parts/zoom-box.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DetailState } from '../state/detail-state.ts';
import { lookOf } from '../state/status-look.ts';
import {
  layOutTimeline,
  type Timeline,
  type TimelineBar,
  type TimelineRow,
} from './lay-out-timeline.ts';
import { TimelineTable } from './timeline-table.tsx';
import { t } from '../language/page-language.ts';
import { formatDuration } from '../language/format.ts';

/** Pixels of a row, as in the style sheet. */
const rowHeight = 26;
/** Pixels that a mark with its label takes. */
const tickWidth = 84;
/** Pixels beside the track: names and durations, as in the style sheet. */
const sideWidth = 270;

interface TimelineProps {
  readonly detail: DetailState;
  readonly logTask: string | null;
  readonly shownAttempt: number | null;
  readonly model: DashboardModel;
}

/** The tasks over time, one row each; a row shows the log of its task, a bar that of its attempt. */
export function TimelineView(props: TimelineProps): VNode {
  return (
    <ZoomBox
      class="timeline"
      range={{ least: 1, most: 60 }}
      fit={() => 1}
      draw={(zoom, width) => <Rows {...props} zoom={zoom} width={width} />}
    >
      <span class="legend muted" aria-hidden="true">
        <span class="legend-mark queue" /> {t('waiting')}
        <span class="legend-mark gap" /> {t('until the next attempt')}
        <span class="legend-mark critical" /> {t('critical path')}
      </span>
    </ZoomBox>
  );
}

function Rows(props: TimelineProps & { readonly zoom: number; readonly width: number }): VNode {
  const { detail, logTask, shownAttempt, model, zoom, width } = props;
  const { head } = detail;
  const clock = useClock();
  const element = useRef<HTMLDivElement>(null);
  const [, setStep] = useState(0);
  const trackWidth = Math.max(tickWidth, width * zoom - sideWidth);
  const timeline = layOutTimeline({
    tasks: detail.tasks,
    startedMs: head.startedMs ?? head.createdMs,
    finishedMs: head.finishedMs,
    nowMs: clock.nowMs(),
    maxTicks: Math.floor(trackWidth / tickWidth),
  });
  const { isLive, fromMs, toMs } = timeline;
  const markNow = (): void => {
    const nowMs = clock.nowMs();
    element.current?.style.setProperty('--now', share(timeline, nowMs));
    // The axis has come to its end: lay it out anew.
    if (isLive && nowMs > toMs) setStep((step) => step + 1);
  };
  useLayoutEffect(() => {
    element.current?.style.setProperty('--zoom', `${String(zoom * 100)}%`);
    markNow();
  });
  useEffect(() => {
    if (!isLive) return undefined;
    const listener = clock.onTick(markNow);
    return () => {
      listener.dispose();
    };
  }, [isLive, fromMs, toMs]);
  const tasks = timeline.rows.filter((row) => row.kind === 'task');
  const stop = tasks.find((row) => row.task.id === logTask)?.task.id ?? tasks[0]?.task.id;
  return (
    <div
      class="timeline-inner"
      ref={element}
      role="group"
      aria-label={t('Timeline of the tasks. A table with the same follows it.')}
    >
      <div class="timeline-axis" aria-hidden="true">
        <div class="timeline-track">
          {timeline.ticks.map((tick) => (
            <span
              key={tick.atMs}
              class="timeline-tick number"
              style={{ left: share(timeline, tick.atMs) }}
            >
              {tick.label}
            </span>
          ))}
        </div>
      </div>
      <div class="timeline-rows" onKeyDown={moveInRows}>
        <div class="timeline-grid" aria-hidden="true">
          {timeline.ticks.map((tick) => (
            <span
              key={tick.atMs}
              class="timeline-line"
              style={{ left: share(timeline, tick.atMs) }}
            />
          ))}
          {timeline.links.map((link) => (
            <span
              key={`${String(link.fromRow)} ${String(link.toRow)}`}
              class="timeline-link"
              style={{
                left: share(timeline, link.atMs),
                top: `${String((Math.min(link.fromRow, link.toRow) + 0.5) * rowHeight)}px`,
                height: `${String(Math.abs(link.toRow - link.fromRow) * rowHeight)}px`,
              }}
            />
          ))}
          {isLive && <span class="timeline-now" />}
        </div>
        {timeline.rows.map((row) =>
          row.kind === 'finally' ? (
            <div key="finally" class="timeline-heading">
              <span>
                {t('Finally')} <span class="muted">{t('runs whatever happened')}</span>
              </span>
            </div>
          ) : (
            <Row
              key={`task ${row.task.id}`}
              row={row}
              timeline={timeline}
              isShown={row.task.id === logTask}
              shownAttempt={row.task.id === logTask ? shownAttempt : null}
              isStop={row.task.id === stop}
              model={model}
            />
          ),
        )}
      </div>
      <TimelineTable rows={tasks} fromMs={fromMs} />
    </div>
  );
}

function Row(props: {
  readonly row: TimelineRow;
  readonly timeline: Timeline;
  readonly isShown: boolean;
  readonly shownAttempt: number | null;
  readonly isStop: boolean;
  readonly model: DashboardModel;
}): VNode {
  const { row, timeline, isShown, shownAttempt, isStop, model } = props;
  const { task, bars, isCritical } = row;
  const look = lookOf(task.status, task.isStuck);
  const isOver = task.finishedMs !== null;
  return (
    <div
      class={`timeline-row${isShown ? ' shown' : ''}${isCritical ? ' critical' : ''}`}
      onClick={() => model.showLog(task.id)}
    >
      <button
        type="button"
        class="timeline-name"
        tabIndex={isStop ? 0 : -1}
        aria-current={isShown ? 'true' : undefined}
        title={`${task.name}: ${look.word}${isCritical ? `, ${t('on the critical path')}` : ''}`}
      >
        <StatusIcon look={look} />
        <span class="node-text">{task.name}</span>
        <span class="hidden">, {look.word}</span>
      </button>
      <div class="timeline-track" aria-hidden="true">
        {bars.map((bar) => (
          <Bar
            key={`${bar.kind} ${String(bar.attempt)}`}
            bar={bar}
            timeline={timeline}
            isShown={bar.kind === 'attempt' && bar.attempt === shownAttempt && bars.length > 1}
            onShow={(event) => {
              if (bar.kind !== 'attempt') return;
              event.stopPropagation();
              model.showLog(task.id, bar.attempt);
            }}
          />
        ))}
      </div>
      <span class="timeline-time" aria-hidden="true">
        {task.startedMs !== null && (
          <Elapsed startMs={task.startedMs} endMs={isOver ? task.finishedMs : null} />
        )}
      </span>
    </div>
  );
}

function Bar(props: {
  readonly bar: TimelineBar;
  readonly timeline: Timeline;
  readonly isShown: boolean;
  readonly onShow: (event: Event) => void;
}): VNode {
  const { bar, timeline, isShown, onShow } = props;
  const left = share(timeline, bar.startMs);
  const right = bar.endMs === null ? 'var(--now)' : share(timeline, bar.endMs);
  const tone = bar.kind === 'attempt' ? ` ${lookOf(bar.status).tone}` : '';
  return (
    <span
      class={`bar ${bar.kind}${tone}${bar.status === 'waiting' ? ' asks' : ''}${isShown ? ' shown' : ''}`}
      style={{ left, width: `calc(${right} - ${left})` }}
      title={describeBar(bar)}
      onClick={onShow}
    />
  );
}

function describeBar(bar: TimelineBar): string {
  const duration = bar.endMs === null ? '' : ` (${formatDuration(bar.endMs - bar.startMs)})`;
  if (bar.kind === 'queue') return `${t('Waiting to start')}${duration}`;
  if (bar.kind === 'gap') return `${t('Waiting for attempt {0}', bar.attempt)}${duration}`;
  return `${t('Attempt {0}', bar.attempt)}: ${lookOf(bar.status).word}${duration}`;
}

function share({ fromMs, toMs }: Timeline, atMs: number): string {
  const part = Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs)));
  return `${String(Math.round(part * 1_000_00) / 1000)}%`;
}

/** Up and down move between the rows, Home and End to the ends. */
function moveInRows(event: KeyboardEvent): void {
  const container = event.currentTarget as HTMLElement;
  const names = [...container.querySelectorAll<HTMLElement>('.timeline-name')];
  const here = names.indexOf(event.target as HTMLElement);
  const places: Readonly<Record<string, number>> = {
    ArrowDown: here + 1,
    ArrowUp: here - 1,
    Home: 0,
    End: names.length - 1,
  };
  const next = names[places[event.key] ?? -1];
  if (here < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
