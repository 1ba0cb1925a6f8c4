import { useEffect, useState } from 'preact/hooks';
import type { Insights, InsightsRequest } from '../../protocol/insights-messages.ts';
import type { DashboardModel } from '../state/dashboard-model.ts';
import type { DashboardState } from '../state/dashboard-state.ts';

/** How long ends of executions are collected before they are counted. */
const restMs = 1000;

/** The figures, counted again when an execution ended; null before the first answer. */
export function useInsights(
  state: DashboardState,
  model: DashboardModel,
  { span, agent }: InsightsRequest,
): Insights | null {
  const [insights, setInsights] = useState<Insights | null>(null);
  const over = overOf(state);
  useEffect(() => {
    if (over === null) return undefined;
    let isWanted = true;
    const isNew = insights?.span !== span || insights.agent !== agent;
    const timer = setTimeout(
      () => {
        void model.reads.readInsights({ span, agent }).then((answer) => {
          if (isWanted && answer !== null) setInsights(answer);
        });
      },
      isNew ? 0 : restMs,
    );
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [over, span, agent]);
  return insights;
}

/** Another one when an execution ended, ran again or was removed, whatever the list shows; null before the first list. */
function overOf({ list }: DashboardState): string | null {
  if (list === null) return null;
  const { stored, live, counts } = list.facts;
  const ended = stored - live.running - live.waiting;
  return [ended, counts.failed, counts.succeeded, counts.cancelled].join(' ');
}
