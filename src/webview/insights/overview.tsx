import type { ComponentChildren, VNode } from 'preact';
import { formatDuration } from '../../model/duration.ts';
import { Icon } from '../parts/icon.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { Button } from '../ui.ts';
import { DayStrip, formatDay } from './day-strip.tsx';
import { nextDay, showDay } from './show-day.ts';
import { useInsights } from './use-insights.ts';

/** How things go, in one line: today's failures, the last 30 days in two figures, the last 90 in a picture. */
export function Overview(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode | null {
  const { state, model } = props;
  const { view } = state;
  const insights = useInsights(state, model, { span: '30', agent: view.agent });
  if (insights === null) return <div class="overview" />;
  const { days, all } = insights;
  const today = days.at(-1);
  const analyse = (): void => model.keepPlace({ isAnalysing: !view.isAnalysing, span: '30' });
  return (
    <div class="overview" role="group" aria-label="Overview">
      <Figure
        label="failed today"
        title="Show what failed today"
        tone={today !== undefined && today.failed > 0 ? 'bad' : 'quiet'}
        onClick={() => {
          if (today !== undefined) showDay(model, today.atMs, 'failed');
        }}
      >
        {today?.failed ?? 0}
      </Figure>
      <Figure
        label="success in 30 days"
        title="Share of executions that succeeded, without cancelled ones: show analytics"
        onClick={analyse}
      >
        {formatRate(all.successRate)}
      </Figure>
      <Figure
        label="median duration"
        title="Median duration of the successes of 30 days: show analytics"
        onClick={analyse}
      >
        {all.p50Ms === null ? '–' : formatDuration(all.p50Ms)}
      </Figure>
      <DayStrip days={days} onDay={({ atMs }) => showDay(model, atMs, 'all')} />
      {view.sinceMs !== null && (
        <button
          type="button"
          class="chip day-chip"
          title="Show all days again"
          onClick={() => model.narrow({ sinceMs: null, untilMs: null })}
        >
          {formatDay(view.sinceMs)}
          {view.untilMs !== nextDay(view.sinceMs) && ' –'}
          <Icon name="close" />
        </button>
      )}
      <Button
        appearance={view.isAnalysing ? 'primary' : 'secondary'}
        class="analytics-button"
        onClick={analyse}
      >
        <Icon name="graph-line" slot="start" />
        Analytics
      </Button>
    </div>
  );
}

/** Per mille as per cent; a dash where nothing can be said. */
export function formatRate(rate: number | null): string {
  return rate === null ? '–' : `${(rate / 10).toFixed(rate === 1000 || rate < 10 ? 0 : 1)} %`;
}

function Figure(props: {
  readonly label: string;
  readonly title: string;
  readonly tone?: 'bad' | 'quiet';
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <button type="button" class="figure" title={props.title} onClick={props.onClick}>
      <span class="figure-value number">
        {props.tone === 'bad' && <Icon name="error" class="tone-bad" />}
        {props.children}
      </span>
      <span class="figure-label">{props.label}</span>
    </button>
  );
}
