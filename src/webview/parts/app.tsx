import type { VNode } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { DetailPane } from '../detail/detail-pane.tsx';
import { ExecutionList } from '../list/execution-list.tsx';
import { MarkedBar } from '../list/marked-bar.tsx';
import { ComparePane } from '../compare/compare-pane.tsx';
import { AnalyticsPane } from '../insights/analytics-pane.tsx';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { blankList } from '../state/blank-list.ts';
import { isSelectedGone, type DashboardState } from '../state/dashboard-state.ts';
import { ProgressRing } from '../ui.ts';
import { Banners } from './banners.tsx';
import { NoExecution, NoMatch } from './empty.tsx';
import { Splitter, useShare } from './splitter.tsx';
import { TopBar } from './top-bar.tsx';
import { t } from '../language/page-language.ts';

/** The style sheet shows what comes late after the same time. */
const lateMs = 200;

/** The whole page. */
export function App({ model }: { readonly model: DashboardModel }): VNode {
  const state = useModel(model);
  const search = useRef<HTMLElement>(null);
  const listbox = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event)) return;
      event.preventDefault();
      search.current?.focus();
    };
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', listen);
    };
  }, []);
  return (
    <div class="app">
      <TopBar
        state={state}
        model={model}
        searchRef={search}
        onLeaveSearch={() => listbox.current?.focus()}
      />
      <Banners state={state} model={model} />
      <Body state={state} model={model} listbox={listbox} />
      <p class="hidden" role="status" aria-live="polite">
        {state.announcement}
      </p>
    </div>
  );
}

function Body(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
  readonly listbox: { current: HTMLDivElement | null };
}): VNode | null {
  const { state, model, listbox } = props;
  const { list } = state;
  const body = useShare('--list-share', state.view.listShare);
  const isBlank = list === null;
  const blank = useMemo(() => (isBlank ? blankList(model.window) : null), [isBlank]);
  const shown = list ?? blank;
  if (shown === null || (isBlank && state.phase === 'lost')) return null;
  if (list?.facts.stored === 0) {
    return (
      <NoExecution
        isGone={isSelectedGone(state)}
        isTrusted={state.standing?.isTrusted === true}
        hasAgents={state.standing?.hasAgents === true}
        model={model}
      />
    );
  }
  return (
    // All is made and laid out while the extension answers: what comes then takes its place.
    <main
      class={isBlank ? 'body unseen' : 'body'}
      ref={body}
      aria-label={isBlank ? t('Loading') : t('Executions and details')}
    >
      {isBlank && <LateRing />}
      <nav class="side" aria-label={t('Executions')}>
        {shown.total === 0 && shown.facts.groups.length === 0 ? (
          <NoMatch model={model} />
        ) : (
          <ExecutionList
            list={shown}
            isBlank={isBlank}
            selected={state.view.selected}
            marked={state.marked}
            grouping={state.view.group}
            initialScroll={state.view.listScroll}
            model={model}
            listRef={listbox}
          />
        )}
        <MarkedBar state={state} model={model} />
      </nav>
      <Splitter
        axis="columns"
        label={t('Width of the list')}
        share={state.view.listShare}
        edge="start"
        onMove={(listShare) => model.keepPlace({ listShare })}
      />
      <Pane state={state} model={model} />
    </main>
  );
}

/** Turns where something takes its time; what is there at once never shows that it was waited for. */
function LateRing(): VNode | null {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), lateMs);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  if (!isLate) return null;
  return (
    <div class="loading">
      <ProgressRing aria-label={t('Loading')} />
    </div>
  );
}

/** What stands beside the list: figures, two executions, or one. */
function Pane(props: { readonly state: DashboardState; readonly model: DashboardModel }): VNode {
  const { view, list, detail, missing, logTask, log, isReadingLog, find, busy } = props.state;
  // Many messages are about rows of the list alone.
  const one = useMemo(
    () => <DetailPane {...props} />,
    [view, list?.facts, detail, missing, logTask, log, isReadingLog, find, busy],
  );
  const { isAnalysing, compared } = view;
  if (isAnalysing) return <AnalyticsPane {...props} />;
  if (compared !== null) return <ComparePane {...props} compared={compared} />;
  return one;
}

function useModel(model: DashboardModel): DashboardState {
  const [state, setState] = useState(model.state);
  useEffect(() => {
    setState(model.state);
    const listener = model.onDidChange(setState);
    return () => {
      listener.dispose();
    };
  }, [model]);
  return state;
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
