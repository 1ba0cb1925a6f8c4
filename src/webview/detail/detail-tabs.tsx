import type { VNode } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { DataView } from '../events/data-view.tsx';
import { EventsView } from '../events/events-view.tsx';
import { GraphView } from '../graph/graph-view.tsx';
import { Tabs, tabId } from '../parts/tabs.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';
import { countUndone, type DetailState } from '../state/detail-state.ts';
import { TimelineView } from '../timeline/timeline-view.tsx';
import { Button } from '../ui.ts';
import { TaskTable } from './task-table.tsx';
import { t } from '../language/page-language.ts';

/** The tasks of an execution as a table, as a graph or over time. */
export function DetailTabs(props: {
  readonly detail: DetailState;
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode {
  const { detail, state, model } = props;
  const { tab } = state.view;
  const { succeeded, failed, ended, total } = detail.head.tasks;
  const missing = total - detail.tasks.length;
  const section = useRef<HTMLElement>(null);
  const before = useRef(tab);
  useEffect(() => {
    // Somebody has chosen it; not when the page is loaded anew.
    if (before.current !== tab) bringIntoView(section.current);
    before.current = tab;
  }, [tab]);
  const shownAttempt = state.log?.attempt ?? null;
  // The picture does not depend on the text of the log, which comes many times a second.
  const panel = useMemo(() => {
    if (tab === 'graph') {
      return <GraphView key={detail.key} detail={detail} logTask={state.logTask} model={model} />;
    }
    if (tab === 'timeline') {
      return (
        <TimelineView
          key={detail.key}
          detail={detail}
          logTask={state.logTask}
          shownAttempt={shownAttempt}
          model={model}
        />
      );
    }
    if (tab === 'events') return <EventsView key={detail.key} detail={detail} model={model} />;
    if (tab === 'data') return <DataView key={detail.key} detail={detail} model={model} />;
    return null;
  }, [tab, detail, state.logTask, shownAttempt, model]);
  return (
    <section class="tasks" ref={section} aria-label={t('Tasks')}>
      <Tabs
        name="detail"
        label={t('Views of the tasks')}
        tabs={[
          {
            value: 'tasks',
            label: t('Tasks'),
            note: t(
              '{0} of {1} done',
              succeeded + failed + ended - countUndone(detail.tasks),
              total,
            ),
          },
          { value: 'graph', label: t('Graph') },
          { value: 'timeline', label: t('Timeline') },
          { value: 'events', label: t('Events') },
          { value: 'data', label: t('Inputs and outputs') },
        ]}
        chosen={tab}
        onChoose={(chosen) => model.keepPlace({ tab: chosen })}
      />
      <div
        class={`tab-panel ${tab}`}
        role="tabpanel"
        id="detail-panel"
        aria-labelledby={tabId('detail', tab)}
      >
        {panel ?? <TaskTable detail={detail} state={state} model={model} />}
        {missing > 0 && tab !== 'events' && tab !== 'data' && (
          <p class="more-tasks">
            <Button appearance="secondary" onClick={() => model.showMoreTasks()}>
              {t('Show more tasks ({0} left)', missing)}
            </Button>
          </p>
        )}
      </div>
    </section>
  );
}

/** What is below the edge of the pane comes up as far as there is room for its tabs: the header can be scrolled to. */
function bringIntoView(section: HTMLElement | null): void {
  const pane = section?.closest('.detail-scroll');
  if (section === null || pane === null || pane === undefined) return;
  const [inner, outer] = [section.getBoundingClientRect(), pane.getBoundingClientRect()];
  // Not `scrollIntoView`, which moves what is around the pane as well.
  if (inner.bottom > outer.bottom) pane.scrollTop += inner.top - outer.top;
}
