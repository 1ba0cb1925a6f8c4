import type { ComponentChildren, VNode } from 'preact';
import { formatDuration } from '../../model/duration.ts';
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
import { DayStrip, formatDay, totalOf } from './day-strip.tsx';
import { DurationChart } from './duration-chart.tsx';
import { formatRate } from './format-rate.ts';
import { LastRuns } from './last-runs.tsx';
import { showDay } from './show-day.ts';
import { useInsights } from './use-insights.ts';

const spanLabels: Readonly<Record<InsightSpan, string>> = {
  '7': '7 days',
  '30': '30 days',
  '90': '90 days',
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
        <h2 id="analytics-title">{agent === null ? 'All agents' : agent}</h2>
        <Button
          appearance="secondary"
          onClick={() => void model.reads.exportInsights({ span, agent })}
        >
          <Icon name="desktop-download" slot="start" />
          Export CSV…
        </Button>
        <Button
          appearance="icon"
          aria-label="Close analytics"
          title="Back to the execution"
          onClick={() => model.keepPlace({ isAnalysing: false })}
        >
          <Icon name="close" />
        </Button>
      </div>
      <Tabs
        name="span"
        label="Time"
        tabs={insightSpans.map((value) => ({ value, label: spanLabels[value] }))}
        chosen={span}
        onChoose={(chosen) => model.keepPlace({ span: chosen })}
      />
      <div role="tabpanel" id="span-panel" aria-labelledby={tabId('span', span)}>
        {insights === null ? (
          <p class="muted late tab-words">Counting…</p>
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
  const days = insights.days.slice(-Number(insights.span));
  if (all.total === 0) return <p class="muted tab-words">Nothing ended in this time.</p>;
  return (
    <>
      <dl class="facts analytics-facts">
        <Fact name="Executions">{all.total}</Fact>
        <Fact name="Success rate">{formatRate(all.successRate)}</Fact>
        <Fact name="Failed">{all.failed}</Fact>
        <Fact name="Median duration">{formatMs(all.p50Ms)}</Fact>
        <Fact name="95th percentile">{formatMs(all.p95Ms)}</Fact>
        <Fact name="Time to recovery">{formatMs(all.recoveryMs)}</Fact>
      </dl>
      <h3>Executions a day</h3>
      <DayStrip days={days} onDay={({ atMs }) => showDay(model, atMs, 'all')} />
      <h3>Median duration a day</h3>
      <DurationChart days={days} />
      <details class="day-table">
        <summary>As a table</summary>
        <Table heads={['Day', 'Executions', 'Failed', 'Median']}>
          {days
            .filter((day) => totalOf(day) > 0)
            .map((day) => (
              <tr key={day.atMs}>
                <th scope="row">
                  <button
                    type="button"
                    class="link"
                    onClick={() => showDay(model, day.atMs, 'all')}
                  >
                    {formatDay(day.atMs)}
                  </button>
                </th>
                <td class="number">{totalOf(day)}</td>
                <td class="number">{day.failed}</td>
                <td class="number">{formatMs(day.p50Ms)}</td>
              </tr>
            ))}
        </Table>
      </details>
      {agents.length > 0 && (
        <>
          <h3>Agents</h3>
          <Table heads={['Agent', 'Last', 'Runs', 'Success', 'Median', '95th', 'Recovery']}>
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
      <TaskTables title="Slowest tasks" tasks={slowest} />
      <TaskTables title="Flakiest tasks" tasks={flakiest} />
    </>
  );
}

function TaskTables(props: {
  readonly title: string;
  readonly tasks: readonly TaskFigures[];
}): VNode | null {
  const { title, tasks } = props;
  if (tasks.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <Table heads={['Task', 'Attempts', 'Failed', 'Median', '95th']}>
        {tasks.map(({ agent, task, runs, failed, p50Ms, p95Ms }) => (
          <tr key={`${agent} ${task}`}>
            <th scope="row">
              {task} <span class="muted">{agent}</span>
            </th>
            <td class="number">{runs}</td>
            <td class="number">{failed}</td>
            <td class="number">{formatMs(p50Ms)}</td>
            <td class="number">{formatMs(p95Ms)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}

function Table(props: {
  readonly heads: readonly string[];
  readonly children: ComponentChildren;
}): VNode {
  return (
    <table class="task-table figures-table">
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th scope="col" key={head} class={head === 'Last' ? 'spark-cell' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </table>
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

function formatMs(ms: number | null): string {
  return ms === null ? '–' : formatDuration(ms);
}
