import type { ComponentChildren, VNode } from 'preact';
import type { ListFilter } from '../../protocol/list-messages.ts';
import { Icon } from '../parts/icon.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { Button } from '../ui.ts';
import { AgentStrip } from './agent-strip.tsx';
import { DayStrip, formatDay } from './day-strip.tsx';
import { formatRate } from './format-rate.ts';
import { nextDay, showDay } from './show-day.ts';
import { useInsights } from './use-insights.ts';
import { t } from '../language/page-language.ts';
import { formatDuration } from '../language/format.ts';

/** Days that the rate and the median are about. */
const recentDays = 30;

const live = [
  {
    filter: 'running',
    label: t('running'),
    title: t('Show what is under way or queued'),
    icon: null,
  },
  {
    filter: 'waiting',
    label: t('waiting'),
    title: t('Show what waits for an approval'),
    icon: 'question',
  },
  { filter: 'stuck', label: t('stuck'), title: t('Show what seems to be stuck'), icon: 'warning' },
] as const;

/** How things go: what is under way, today's failures, the last 30 days in figures, the last 90 in a picture, agents. */
export function Overview(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode | null {
  const { state, model } = props;
  const { view, list } = state;
  const insights = useInsights(state, model, { span: '30', agent: view.agent });
  const hasAgents = view.agent !== null || (list !== null && list.facts.agents.length > 1);
  if (insights === null || list === null) {
    // Their room, so that what is below stays where it is when they come.
    return (
      <>
        <div class="overview" />
        {hasAgents && <div class="agent-strip" />}
      </>
    );
  }
  const { days, all, agents } = insights;
  const today = days.at(-1);
  const analyse = (): void => model.keepPlace({ isAnalysing: !view.isAnalysing, span: '30' });
  const showRecent = (filter: ListFilter): void => {
    model.narrow({ filter, sinceMs: days.at(-recentDays)?.atMs ?? null, untilMs: null });
  };
  return (
    <>
      <div class="overview" role="group" aria-label={t('Overview')}>
        {live.map(({ filter, label, title, icon }) => {
          const number = list.facts.live[filter];
          return (
            <Figure
              key={filter}
              label={label}
              title={title}
              icon={number > 0 ? icon : null}
              isQuiet={number === 0}
              onClick={() => model.narrow({ filter, query: '', sinceMs: null, untilMs: null })}
            >
              {number}
            </Figure>
          );
        })}
        <Figure
          label={t('failed today')}
          title={t('Show what failed today')}
          icon={today !== undefined && today.failed > 0 ? 'error' : null}
          onClick={() => {
            if (today !== undefined) showDay(model, today.atMs, 'failed');
          }}
        >
          {today?.failed ?? 0}
        </Figure>
        <Figure
          label={t('success in 30 days')}
          title={t(
            'Share of executions that succeeded, without cancelled ones: show those that failed',
          )}
          onClick={() => showRecent('failed')}
        >
          {formatRate(all.successRate)}
        </Figure>
        <Figure
          label={t('median duration')}
          title={t('Median duration of the successes of 30 days: show them')}
          onClick={() => showRecent('succeeded')}
        >
          {all.p50Ms === null ? '–' : formatDuration(all.p50Ms)}
        </Figure>
        <DayStrip days={days} model={model} />
        {view.sinceMs !== null && (
          <button
            type="button"
            class="chip day-chip"
            title={t('Show all days again')}
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
          {t('Analytics')}
        </Button>
      </div>
      {hasAgents && (
        <AgentStrip
          agents={agents}
          names={list.facts.agents}
          chosen={view.agent}
          onChoose={(agent) => model.narrow({ agent })}
        />
      )}
    </>
  );
}

const tones = { question: 'tone-attention', warning: 'tone-attention', error: 'tone-bad' } as const;

function Figure(props: {
  readonly label: string;
  readonly title: string;
  readonly icon?: keyof typeof tones | null;
  readonly isQuiet?: boolean;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}): VNode {
  const { label, title, icon = null, isQuiet = false, onClick, children } = props;
  return (
    <button
      type="button"
      class={`figure${isQuiet ? ' figure-none' : ''}`}
      title={title}
      onClick={onClick}
    >
      <span class="figure-value number">
        {icon !== null && <Icon name={icon} class={tones[icon]} />}
        {children}
      </span>
      <span class="figure-label">{label}</span>
    </button>
  );
}
