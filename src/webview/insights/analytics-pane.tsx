import type { ComponentChildren, VNode } from 'preact';
import {
  insightSpans,
  type InsightSpan,
  type Insights,
  type TaskFigures,
} from '../../protocol/insights-messages.ts';
import { Icon } from '../parts/icon.tsx';
import { Tabs, tabId } from '../parts/tabs.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { Button } from '../ui.ts';
import { DayStrip } from './day-strip.tsx';
import { DayTable } from './day-table.tsx';
import { DurationChart } from './duration-chart.tsx';
import { Table } from './figures-table.tsx';
import { formatMs, formatRate, rateOf } from './format-rate.ts';
import { LastRuns } from './last-runs.tsx';
import { showDay } from './show-day.ts';
import { useInsights } from './use-insights.ts';
import { t } from '../language/page-language.ts';

const spanLabels: Readonly<Record<InsightSpan, string>> = {
  '7': t('7 days'),
  '30': t('30 days'),
  '90': t('90 days'),
};

/** How the agents did: figures, two pictures, and tables that say the same. */
export function AnalyticsPane(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode {
  const { state, model } = props;
  const { span, agent } = state.view;
  const insights = useInsights(state, model, { span, agent });
  return (
    <section class="analytics" aria-labelledby="analytics-title" tabIndex={-1}>
      <div class="analytics-head">
        <h2 id="analytics-title">{agent === null ? t('All agents') : agent}</h2>
        <Button
          appearance="secondary"
          onClick={() => void model.reads.exportInsights({ span, agent })}
        >
          <Icon name="desktop-download" slot="start" />
          {t('Export CSV…')}
        </Button>
        <Button
          appearance="icon"
          aria-label={t('Close analytics')}
          title={t('Back to the execution')}
          onClick={() => model.keepPlace({ isAnalysing: false })}
        >
          <Icon name="close" />
        </Button>
      </div>
      <Tabs
        name="span"
        label={t('Time')}
        tabs={insightSpans.map((value) => ({ value, label: spanLabels[value] }))}
        chosen={span}
        onChoose={(chosen) => model.keepPlace({ span: chosen })}
      />
      <div role="tabpanel" id="span-panel" aria-labelledby={tabId('span', span)}>
        {insights === null ? (
          <p class="muted late tab-words">{t('Counting…')}</p>
        ) : (
          <Figures insights={insights} model={model} />
        )}
      </div>
    </section>
  );
}

function Figures(props: { readonly insights: Insights; readonly model: DashboardModel }): VNode {
  const { insights, model } = props;
  const { all, agents, slowest, flakiest } = insights;
  const count = Number(insights.span);
  const days = insights.days.slice(-count);
  const trend = {
    p50Ms: insights.trend.p50Ms.slice(-count),
    p95Ms: insights.trend.p95Ms.slice(-count),
    recoveryMs: insights.trend.recoveryMs.slice(-count),
  };
  if (all.total === 0) return <p class="muted tab-words">{t('Nothing ended in this time.')}</p>;
  return (
    <>
      <dl class="facts analytics-facts">
        <Fact name={t('Executions')}>{all.total}</Fact>
        <Fact name={t('Success rate')}>{formatRate(all.successRate)}</Fact>
        <Fact name={t('Failed')}>{all.failed}</Fact>
        <Fact name={t('Median duration')}>{formatMs(all.p50Ms)}</Fact>
        <Fact name={t('95th percentile')}>{formatMs(all.p95Ms)}</Fact>
        <Fact name={t('Time to recovery')}>{formatMs(all.recoveryMs)}</Fact>
      </dl>
      <h3>{t('Executions a day')}</h3>
      <DayStrip days={days} model={model} />
      <h3>{t('Durations a day')}</h3>
      <DurationChart
        days={days}
        label={t('Median and 95th percentile of the durations of each day')}
        lines={[
          { label: t('Median'), look: 'median', values: trend.p50Ms },
          { label: t('95th percentile'), look: 'high', values: trend.p95Ms },
        ]}
      />
      {trend.recoveryMs.some((value) => value !== null) && (
        <>
          <h3>{t('Time to recovery a day')}</h3>
          <DurationChart
            days={days}
            label={t('Median time to recovery of what recovered on each day')}
            lines={[{ label: t('Median'), look: 'median', values: trend.recoveryMs }]}
          />
        </>
      )}
      <details class="day-table">
        <summary>{t('As a table')}</summary>
        <DayTable days={days} trend={trend} onDay={(atMs) => showDay(model, atMs, 'all')} />
      </details>
      {agents.length > 0 && (
        <>
          <h3>{t('Agents')}</h3>
          <Table
            heads={[
              t('Agent'),
              t('Last'),
              t('Runs'),
              t('Success'),
              t('Median'),
              t('95th'),
              t('Recovery'),
            ]}
          >
            {agents.map((one) => (
              <tr key={one.agent}>
                <th scope="row">{one.agent}</th>
                <td class="spark-cell">
                  <LastRuns figures={one} />
                </td>
                <td class="number">{one.total}</td>
                <td class="number">{formatRate(one.successRate)}</td>
                <td class="number">{formatMs(one.p50Ms)}</td>
                <td class="number">{formatMs(one.p95Ms)}</td>
                <td class="number">{formatMs(one.recoveryMs)}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
      <TaskTables title={t('Slowest tasks')} tasks={slowest} />
      <TaskTables title={t('Flakiest tasks')} tasks={flakiest} />
    </>
  );
}

function TaskTables(props: {
  readonly title: string;
  readonly tasks: readonly TaskFigures[];
}): VNode | null {
  const { title, tasks } = props;
  if (tasks.length === 0) return null;
  const mostMs = Math.max(...tasks.map(({ recoveryMs }) => recoveryMs ?? 0));
  return (
    <>
      <h3>{title}</h3>
      <Table
        heads={[
          t('Task'),
          t('Attempts'),
          t('Failed'),
          t('Success'),
          t('Median'),
          t('95th'),
          t('Recovery'),
        ]}
      >
        {tasks.map(({ agent, task, runs, failed, p50Ms, p95Ms, recoveryMs }) => (
          <tr key={`${agent} ${task}`}>
            <th scope="row">
              {task} <span class="muted">· {agent}</span>
            </th>
            <td class="number">{runs}</td>
            <td class="number">{failed}</td>
            <td class="number">{formatRate(rateOf(runs - failed, failed))}</td>
            <td class="number">{formatMs(p50Ms)}</td>
            <td class="number">{formatMs(p95Ms)}</td>
            <td class="number">
              <RecoveryBar recoveryMs={recoveryMs} mostMs={mostMs} />
              {formatMs(recoveryMs)}
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
}

/** As long as the recovery beside it, next to the longest; the figure says it to those who do not see. */
function RecoveryBar(props: {
  readonly recoveryMs: number | null;
  readonly mostMs: number;
}): VNode | null {
  const { recoveryMs, mostMs } = props;
  if (recoveryMs === null) return null;
  const width = mostMs === 0 ? 2 : Math.max(2, (recoveryMs / mostMs) * 40);
  return (
    <svg class="recovery-bar" viewBox="0 0 40 8" aria-hidden="true">
      <rect x={40 - width} width={width} height={8} />
    </svg>
  );
}

function Fact(props: { readonly name: string; readonly children: ComponentChildren }): VNode {
  return (
    <div class="fact">
      <dt>{props.name}</dt>
      <dd class="number">{props.children}</dd>
    </div>
  );
}
