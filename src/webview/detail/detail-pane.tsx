import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { DashboardModel } from '../state/dashboard-model.ts';
import { isSelectedGone, type DashboardState } from '../state/dashboard-state.ts';
import { GoneExecution } from '../parts/empty.tsx';
import { Splitter, useShare } from '../parts/splitter.tsx';
import { Notices } from './notices.tsx';
import { DetailFacts, DetailHeadView } from './detail-head.tsx';
import { LogPane } from '../log/log-pane.tsx';
import { onOtherScroller } from './low-page.ts';
import { DetailTabs } from './detail-tabs.tsx';
import { t } from '../language/page-language.ts';

/** The selected execution: what it is, its tasks, and the log of one of them. */
export function DetailPane(props: {
  readonly state: DashboardState;
  readonly model: DashboardModel;
}): VNode {
  const { state, model } = props;
  const { detail, view } = state;
  const scroller = useRef<HTMLDivElement>(null);
  const main = useShare('--log-share', view.logShare);
  const shownKey = detail?.key ?? null;
  useLayoutEffect(() => {
    // On a low page the pane scrolls as a whole.
    const restore = (): void => {
      for (const element of [scroller.current, main.current]) {
        if (element !== null) element.scrollTop = model.state.view.detailScroll;
      }
    };
    restore();
    return onOtherScroller(restore);
  }, [shownKey]);
  if (detail === null) {
    if (isSelectedGone(state)) {
      return (
        <section class="detail detail-none late" aria-label={t('Execution')}>
          <GoneExecution model={model} />
        </section>
      );
    }
    const words =
      view.selected === null ? t('Select an execution to see its tasks.') : t('Loading…');
    return (
      <section class="detail detail-none" aria-label={t('Execution')}>
        {/* Other words are waited for anew. */}
        <p class="late" key={words}>
          {words}
        </p>
      </section>
    );
  }
  const keepScroll = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    const { scrollTop } = event.currentTarget as HTMLElement;
    model.keepPlace({ detailScroll: Math.round(scrollTop) });
  };
  return (
    <section
      class="detail"
      ref={main}
      aria-labelledby="detail-title"
      aria-busy={detail.key !== view.selected}
      onScroll={keepScroll}
    >
      <div class={`detail-scroll ${view.tab}`} ref={scroller} tabIndex={-1} onScroll={keepScroll}>
        <DetailHeadView detail={detail} state={state} model={model} />
        {/* A question has to be seen on a page of any height: what it is about is known by its name. */}
        <Notices detail={detail} state={state} model={model} />
        <DetailFacts detail={detail} state={state} />
        <DetailTabs detail={detail} state={state} model={model} />
      </div>
      <Splitter
        axis="rows"
        label={t('Height of the log')}
        share={view.logShare}
        edge="end"
        onMove={(logShare) => model.keepPlace({ logShare })}
      />
      <LogPane detail={detail} state={state} model={model} />
    </section>
  );
}
