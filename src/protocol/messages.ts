/** Every message between the dashboard and the extension, with its guard: the one place where both ends meet. */
import {
  isComparePage,
  isCompareRequest,
  type ComparePage,
  type CompareRequest,
} from './compare-messages.ts';
import { isCommandRequest, type CommandRequest } from './command-messages.ts';
import {
  isDetail,
  isDetailChange,
  isDetailRequest,
  type Detail,
  type DetailChange,
  type DetailRequest,
} from './detail-messages.ts';
import {
  isDataValues,
  isEventsPage,
  isEventsRequest,
  type DataValues,
  type EventsPage,
  type EventsRequest,
} from './events-messages.ts';
import { count, flag, listOf, nothing, nullable, shape, text, type Guard } from './guard.ts';
import {
  isInsights,
  isInsightsRequest,
  type Insights,
  type InsightsRequest,
} from './insights-messages.ts';
import {
  isListChange,
  isListRequest,
  isListWindow,
  type ListChange,
  type ListRequest,
  type ListWindow,
} from './list-messages.ts';
import {
  isFilePlace,
  isLogAck,
  isLogChunk,
  isLogPage,
  isLogPageRequest,
  isLogSearchRequest,
  isLogSearchResult,
  isLogStep,
  isLogTarget,
  type FilePlace,
  type LogAck,
  type LogChunk,
  type LogPage,
  type LogPageRequest,
  type LogSearchRequest,
  type LogSearchResult,
  type LogStep,
  type LogTarget,
} from './log-messages.ts';
import { maxText } from './limits.ts';
import {
  isMarkRange,
  isMarkRequest,
  isMarkedKeys,
  type MarkRange,
  type MarkRequest,
} from './mark-messages.ts';
import type { Ask, GuardsOf, Tell } from './message-map.ts';

/** Something wrong that the dashboard shows above everything else. */
export interface TroubleNotice {
  readonly folder: string;
  readonly message: string;
  readonly hint: string | null;
}

/** The facts about the whole dashboard. */
export interface Standing {
  /** The host's clock now: durations are counted by it, the two may run on different machines. */
  readonly nowMs: number;
  /** When the executions were last read. */
  readonly readMs: number;
  readonly isTrusted: boolean;
  /** False: there is no workflow to run yet. */
  readonly hasAgents: boolean;
  readonly trouble: readonly TroubleNotice[];
}

/** What the webview is told to show. */
export interface Reveal {
  readonly key: string;
  readonly task: string | null;
  /** Key of an execution to compare it with. */
  readonly compareWith: string | null;
}

/** Where the webview stands when it has just been loaded. */
export interface ReadyRequest {
  readonly list: ListRequest;
}

/** The whole picture to start from. */
export interface Snapshot {
  readonly revision: number;
  readonly standing: Standing;
  readonly list: ListWindow;
  readonly reveal: Reveal | null;
}

/** An answer that is part of the picture: it counts as one revision. */
export interface Revised<T> {
  readonly revision: number;
  readonly value: T;
}

/** What changed since `base`; whoever is not at `base` has missed something and asks for a snapshot. */
export interface Change {
  readonly base: number;
  readonly revision: number;
  readonly standing: Standing;
  readonly list: ListChange | null;
  readonly detail: DetailChange | null;
  readonly log: LogStep | null;
}

/** What the webview says to the extension. */
export interface ToHost {
  readonly ready: Ask<ReadyRequest, Snapshot>;
  readonly list: Ask<ListRequest, Revised<ListWindow>>;
  /** Null looks at none. The answer is null when there is no such execution. */
  readonly detail: Ask<DetailRequest | null, Revised<Detail | null>>;
  /** The end of the log, and from then on what is added to it. Null: nothing to follow, or no log yet. */
  readonly log: Ask<LogTarget | null, LogChunk | null>;
  /** Another part of a log. Null: there is no such log. */
  readonly 'log-page': Ask<LogPageRequest, LogPage | null>;
  readonly 'log-search': Ask<LogSearchRequest, LogSearchResult>;
  /** Opens a file that a log names, where it is part of the workspace. */
  readonly 'open-file': Ask<FilePlace, null>;
  /** What happened to an execution. Null: it is not there any more. */
  readonly events: Ask<EventsRequest, EventsPage | null>;
  /** Inputs and outputs of the execution with this key. */
  readonly values: Ask<string, DataValues | null>;
  readonly insights: Ask<InsightsRequest, Insights>;
  /** Writes the figures to a file that the person chooses. */
  readonly 'export-insights': Ask<InsightsRequest, null>;
  /** Null: one of the two is not there any more. */
  readonly compare: Ask<CompareRequest, ComparePage | null>;
  /** Opens the workflow texts of two executions in the editor that shows differences. */
  readonly 'compare-workflows': Ask<CompareRequest, null>;
  readonly 'mark-range': Ask<MarkRequest, MarkRange>;
  /** Writes executions to a file that the person chooses. */
  readonly export: Ask<readonly string[], null>;
  readonly command: Ask<CommandRequest, null>;
  readonly refresh: Ask<null, null>;
  readonly 'log-ack': Tell<LogAck>;
  /** False: the window is behind others or minimized. Until it is told, a page is in sight. */
  readonly sight: Tell<boolean>;
  /** An error in the webview, for the extension's log. */
  readonly problem: Tell<string>;
}

/** What the extension says to the webview. */
export interface ToWebview {
  readonly change: Tell<Change>;
  readonly 'log-chunk': Tell<LogChunk>;
  readonly reveal: Tell<Reveal>;
}

const isStanding: Guard<Standing> = shape<Standing>({
  nowMs: count(),
  readMs: count(),
  isTrusted: flag,
  hasAgents: flag,
  trouble: listOf(
    shape<TroubleNotice>({
      folder: text(maxText.name),
      message: text(maxText.message),
      hint: nullable(text(maxText.message)),
    }),
    5,
  ),
});

const isReveal: Guard<Reveal> = shape<Reveal>({
  key: text(maxText.key),
  task: nullable(text(maxText.id)),
  compareWith: nullable(text(maxText.key)),
});

function revised<T>(inner: Guard<T>): Guard<Revised<T>> {
  return shape<Revised<T>>({ revision: count(), value: inner });
}

/** Guards of what the extension accepts and answers. */
export const toHostGuards: GuardsOf<ToHost> = {
  ready: {
    body: shape<ReadyRequest>({ list: isListRequest }),
    answer: shape<Snapshot>({
      revision: count(),
      standing: isStanding,
      list: isListWindow,
      reveal: nullable(isReveal),
    }),
  },
  list: { body: isListRequest, answer: revised(isListWindow) },
  detail: { body: nullable(isDetailRequest), answer: revised(nullable(isDetail)) },
  log: { body: isLogTarget, answer: nullable(isLogChunk) },
  'log-page': { body: isLogPageRequest, answer: nullable(isLogPage) },
  'log-search': { body: isLogSearchRequest, answer: isLogSearchResult },
  'open-file': { body: isFilePlace, answer: nothing },
  events: { body: isEventsRequest, answer: nullable(isEventsPage) },
  values: { body: text(maxText.key), answer: nullable(isDataValues) },
  insights: { body: isInsightsRequest, answer: isInsights },
  'export-insights': { body: isInsightsRequest, answer: nothing },
  compare: { body: isCompareRequest, answer: nullable(isComparePage) },
  'compare-workflows': { body: isCompareRequest, answer: nothing },
  'mark-range': { body: isMarkRequest, answer: isMarkRange },
  export: { body: isMarkedKeys, answer: nothing },
  command: { body: isCommandRequest, answer: nothing },
  refresh: { body: nothing, answer: nothing },
  'log-ack': { body: isLogAck },
  sight: { body: flag },
  problem: { body: text(maxText.message) },
};

/** Guards of what the webview accepts. */
export const toWebviewGuards: GuardsOf<ToWebview> = {
  change: {
    body: shape<Change>({
      base: count(),
      revision: count(),
      standing: isStanding,
      list: nullable(isListChange),
      detail: nullable(isDetailChange),
      log: nullable(isLogStep),
    }),
  },
  'log-chunk': { body: isLogChunk },
  reveal: { body: isReveal },
};
