import {
  count,
  flag,
  isRecord,
  listOf,
  nullable,
  oneOf,
  shape,
  text,
  type Guard,
} from '../../protocol/guard.ts';
import { insightSpans, type InsightSpan } from '../../protocol/insights-messages.ts';
import { isCompareRequest, type CompareRequest } from '../../protocol/compare-messages.ts';
import {
  isFoldedList,
  listFilters,
  listGroupings,
  type ListFilter,
  type ListGrouping,
} from '../../protocol/list-messages.ts';
import { maxText } from '../../protocol/limits.ts';

/** The views of an execution. */
export const detailTabs = ['tasks', 'graph', 'timeline', 'events', 'data'] as const;
export type DetailTab = (typeof detailTabs)[number];

/** What a person chose: kept over reloads and while the dashboard is hidden. */
export interface ViewState {
  readonly filter: ListFilter;
  readonly query: string;
  readonly agent: string | null;
  readonly group: ListGrouping;
  /** Names of agents and days whose rows are folded away. */
  readonly folded: readonly string[];
  /** Only executions of this time; null is any. */
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  /** Key of the selected execution. */
  readonly selected: string | null;
  /** The task whose log is shown; null follows what happens. */
  readonly task: string | null;
  /** The attempt whose log is shown; null is the newest. */
  readonly attempt: number | null;
  /** Ids of tasks of the selected execution whose attempts are shown. */
  readonly expanded: readonly string[];
  readonly isFollowing: boolean;
  readonly tab: DetailTab;
  /** True while figures stand in the place of the execution. */
  readonly isAnalysing: boolean;
  /** Two executions that stand in the place of one. */
  readonly compared: CompareRequest | null;
  readonly span: InsightSpan;
  /** Pixels. */
  readonly listScroll: number;
  readonly detailScroll: number;
  /** Per cent of the width that the list has. */
  readonly listShare: number;
  /** Per cent of the height that the log has. */
  readonly logShare: number;
}

/** Nothing chosen yet. */
export const initialView: ViewState = {
  filter: 'all',
  query: '',
  agent: null,
  group: 'none',
  folded: [],
  sinceMs: null,
  untilMs: null,
  selected: null,
  task: null,
  attempt: null,
  expanded: [],
  isFollowing: true,
  tab: 'tasks',
  isAnalysing: false,
  compared: null,
  span: '30',
  listScroll: 0,
  detailScroll: 0,
  listShare: 34,
  logShare: 40,
};

const isViewState: Guard<ViewState> = shape<ViewState>({
  filter: oneOf(listFilters),
  query: text(maxText.query),
  agent: nullable(text(maxText.id)),
  group: oneOf(listGroupings),
  folded: isFoldedList,
  sinceMs: nullable(count()),
  untilMs: nullable(count()),
  selected: nullable(text(maxText.key)),
  task: nullable(text(maxText.id)),
  attempt: nullable(count()),
  expanded: listOf(text(maxText.id), 500),
  isFollowing: flag,
  tab: oneOf(detailTabs),
  isAnalysing: flag,
  compared: nullable(isCompareRequest),
  span: oneOf(insightSpans),
  listScroll: count(),
  detailScroll: count(),
  listShare: count(100),
  logShare: count(100),
});

/** The view that was kept, with what it has no word of as at first; the initial one where it cannot be used. */
export function restoreView(kept: unknown): ViewState {
  const view = isRecord(kept) ? { ...initialView, ...kept } : kept;
  return isViewState(view) ? view : initialView;
}
