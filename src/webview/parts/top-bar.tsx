import type { VNode } from 'preact';
import type { Ref } from 'preact';
import { useMemo } from 'preact/hooks';
import {
  listFilters,
  type ListFacts,
  type ListFilter,
  type ListGrouping,
} from '../../protocol/list-messages.ts';
import { Overview } from '../insights/overview.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { lookOf, type StatusLook } from '../state/status-look.ts';
import { Button, Dropdown, TextField } from '../ui.ts';
import { Icon, StatusIcon } from './icon.tsx';
import { Freshness } from './ticking.tsx';
import { usePainted } from './use-painted.ts';
import { t } from '../language/page-language.ts';

const looks: Readonly<Record<Exclude<ListFilter, 'all'>, StatusLook>> = {
  running: { ...lookOf('running'), isSpinning: false, icon: 'sync' },
  waiting: lookOf('waiting'),
  stuck: lookOf('running', true),
  failed: lookOf('failed'),
  succeeded: lookOf('succeeded'),
  cancelled: lookOf('cancelled'),
};

const groupings: readonly { readonly value: ListGrouping; readonly label: string }[] = [
  { value: 'none', label: t('Newest first') },
  { value: 'agent', label: t('By agent') },
  { value: 'day', label: t('By day') },
];

const titles: Readonly<Record<ListFilter, string>> = {
  all: t('All executions'),
  running: t('Executions that are under way or queued'),
  waiting: t('Executions that wait for an approval'),
  stuck: t('Executions that seem to be stuck'),
  failed: t('Executions that failed or were interrupted'),
  succeeded: t('Executions that succeeded'),
  cancelled: t('Executions that were cancelled'),
};

interface Props {
  readonly state: DashboardState;
  readonly model: DashboardModel;
  readonly searchRef: Ref<HTMLElement>;
  readonly onLeaveSearch: () => void;
}

/** Title, counts that filter, search, and how old the picture is. Most messages are about none of these. */
export function TopBar(props: Props): VNode {
  const { view, list, standing, phase, isRefreshing, busy } = props.state;
  const { isTrusted, hasAgents, readMs = 0 } = standing ?? {};
  // The age of an old picture is looked at once a minute: the first new one after that is told at once.
  const readMinute = Math.floor(readMs / 60_000);
  return useMemo(
    () => drawTopBar(props),
    [view, list?.facts, isTrusted, hasAgents, readMinute, phase, isRefreshing, busy],
  );
}

function drawTopBar({ state, model, searchRef, onLeaveSearch }: Props): VNode {
  const { view, list, standing, phase } = state;
  // Before the first answer all is there already, but not seen: what makes fields and buttons takes longer than rows.
  const hasTools = list === null ? phase === 'loading' : list.facts.stored > 0;
  const agents = list?.facts.agents ?? (view.agent === null ? [] : [view.agent]);
  return (
    <header class="top-bar">
      <div class="top-bar-line">
        <h1>Agent Executor</h1>
        {standing !== null && <Freshness readMs={() => model.state.standing?.readMs ?? 0} />}
        <Button
          appearance="icon"
          aria-label={t('Refresh')}
          title={t('Refresh')}
          disabled={state.isRefreshing}
          onClick={() => void model.commands.refresh()}
        >
          <Icon name="refresh" isSpinning={state.isRefreshing} />
        </Button>
        <Button
          class="top-bar-run"
          appearance="secondary"
          disabled={
            standing?.isTrusted !== true ||
            !standing.hasAgents ||
            state.busy.includes('runWorkflow')
          }
          onClick={() => void model.commands.run('runWorkflow')}
        >
          <Icon name="play" slot="start" />
          {t('Run workflow…')}
        </Button>
      </div>
      {hasTools && <Overview state={state} model={model} />}
      {hasTools && (
        <div class={`top-bar-line${list === null ? ' unseen' : ''}`}>
          <Chips facts={list?.facts ?? null} chosen={view.filter} model={model} />
          <div class="top-bar-tools">
            <Dropdown
              class="grouping"
              aria-label={t('Group')}
              title={t('Group the executions')}
              value={view.group}
              options={groupings}
              onChange={(group) => model.narrow({ group: group as ListGrouping })}
            />
            {(list === null || agents.length > 1) && (
              <AgentFilter
                agents={agents}
                chosen={view.agent}
                isThere={list !== null}
                onChoose={(agent) => model.narrow({ agent })}
              />
            )}
            <div
              class="search"
              role="search"
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.stopPropagation();
                if (view.query === '') onLeaveSearch();
                else model.narrow({ query: '' });
              }}
            >
              <TextField
                fieldRef={searchRef}
                aria-label={t('Search executions')}
                placeholder={t('Search ( / )')}
                value={view.query}
                onInput={(query) => {
                  if (query !== view.query) model.narrow({ query });
                }}
              >
                <Icon name="search" slot="start" />
              </TextField>
            </div>
          </div>
        </div>
      )}
    </header>
  );
}

/** Each agent in its menu takes its time, and none of them but the chosen one is seen at first. */
function AgentFilter(props: {
  readonly agents: readonly string[];
  readonly chosen: string | null;
  /** Whether the agents are known already. */
  readonly isThere: boolean;
  readonly onChoose: (agent: string | null) => void;
}): VNode {
  const { agents, chosen, isThere, onChoose } = props;
  const isPainted = usePainted(isThere);
  const drawn = isPainted ? agents : agents.filter((agent) => agent === chosen);
  return (
    <Dropdown
      class="agent-filter"
      aria-label={t('Agent')}
      value={chosen ?? ''}
      options={[
        { value: '', label: t('All agents') },
        ...drawn.map((agent) => ({ value: agent, label: agent })),
      ]}
      onChange={(agent) => onChoose(agent === '' ? null : agent)}
    />
  );
}

function Chips(props: {
  readonly facts: ListFacts | null;
  readonly chosen: ListFilter;
  readonly model: DashboardModel;
}): VNode {
  const { facts, chosen, model } = props;
  return (
    <div class="chips" role="group" aria-label={t('Filter by state')}>
      {listFilters.map((filter) => {
        const count = facts?.counts[filter] ?? 0;
        const look = filter === 'all' ? null : looks[filter];
        const isChosen = filter === chosen;
        return (
          <button
            key={filter}
            type="button"
            class={`chip${count === 0 && filter !== 'all' ? ' none' : ''}`}
            aria-pressed={isChosen}
            title={titles[filter]}
            onClick={() => model.narrow({ filter: isChosen ? 'all' : filter })}
          >
            {look !== null && <StatusIcon look={look} />}
            <span class="chip-word">{look?.word ?? t('All')}</span>
            <span class="number chip-count">{count}</span>
          </button>
        );
      })}
    </div>
  );
}
