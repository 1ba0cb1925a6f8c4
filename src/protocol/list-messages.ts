/** The list of executions, as windows of rows: the host holds the model, the webview asks for what it shows. */
import { executionStatuses, type ExecutionStatus } from '../model/status.ts';
import { count, flag, listOf, nullable, oneOf, shape, text, type Guard } from './guard.ts';
import { maxText, maxWindowRows } from './limits.ts';

/** What the list can be narrowed to. `failed` has the interrupted ones too, `running` all that is not over or waiting. */
export const listFilters = [
  'all',
  'running',
  'waiting',
  'stuck',
  'failed',
  'succeeded',
  'cancelled',
] as const;
export type ListFilter = (typeof listFilters)[number];

/** How the list may be ordered: newest first, or so within each agent or day. */
export const listGroupings = ['none', 'agent', 'day'] as const;
export type ListGrouping = (typeof listGroupings)[number];

/** Which rows the webview looks at. */
export interface ListRequest {
  readonly filter: ListFilter;
  /** Words that must all occur in agent, name, id, message, folder or inputs; empty is no search. */
  readonly query: string;
  readonly agent: string | null;
  readonly group: ListGrouping;
  /** Names of groups whose rows are not wanted; empty without groups. */
  readonly folded: readonly string[];
  /** Created at this time or later, and before `untilMs`; null is any time. */
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
  readonly offset: number;
  readonly limit: number;
}

/** Tasks of an execution by what became of them. */
export interface TaskCounts {
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Running, retrying, waiting or cancelling. */
  readonly active: number;
  /** Skipped, cancelled or interrupted. */
  readonly ended: number;
}

/** One execution in the list. Times are milliseconds since 1970 by the host's clock. */
export interface ListRow {
  readonly key: string;
  readonly id: string;
  readonly agent: string;
  readonly name: string;
  readonly folder: string;
  readonly status: ExecutionStatus;
  readonly isStuck: boolean;
  /** Why it failed or what it waits for, cut to one short line. */
  readonly message: string | null;
  readonly tasks: TaskCounts;
  readonly attempt: number;
  readonly createdMs: number;
  readonly startedMs: number | null;
  readonly finishedMs: number | null;
}

/** How many executions each filter would show, for the same search and agent. */
export type ListCounts = Readonly<Record<ListFilter, number>>;

/** What is not over now, of the agent that is chosen; whatever the state, the words and the days. */
export interface LiveCounts {
  readonly running: number;
  readonly waiting: number;
  readonly stuck: number;
}

/** Rows that follow each other: of an agent, or of a day (`2026-11-22` by the host's clock). */
export interface ListGroup {
  /** Empty: all that are left. */
  readonly name: string;
  /** Its rows, also while it is folded and none of them is in the list. */
  readonly count: number;
  readonly isFolded: boolean;
}

/** The most groups; what is left over is the last of them. */
export const maxGroups = 60;

/** The facts around the rows. */
export interface ListFacts {
  readonly counts: ListCounts;
  readonly live: LiveCounts;
  /** All executions there are, whatever the filter. */
  readonly stored: number;
  /** Agents that have an execution, sorted; at most 100. */
  readonly agents: readonly string[];
  /** True when executions come from more than one folder, so that rows name theirs. */
  readonly hasFolders: boolean;
  /** Of the rows that match, in their order; none where they are not grouped. */
  readonly groups: readonly ListGroup[];
}

/** The rows that a request asked for. Rows that did not fit into one message follow as changes. */
export interface ListWindow {
  readonly offset: number;
  /** Rows that match, of which the window is a part. */
  readonly total: number;
  /** The rows of the window, in order. */
  readonly keys: readonly string[];
  readonly rows: readonly ListRow[];
  readonly facts: ListFacts;
}

/** What changed in the window since the last message; a null part did not. */
export interface ListChange {
  readonly offset: number;
  readonly total: number;
  readonly keys: readonly string[] | null;
  readonly rows: readonly ListRow[];
  readonly facts: ListFacts | null;
}

const key = text(maxText.key);

/** Accepts names of groups, as many as there may be. */
export const isFoldedList: Guard<readonly string[]> = listOf(text(maxText.groupName), maxGroups);

/** Accepts a well-formed request for rows. */
export const isListRequest: Guard<ListRequest> = shape<ListRequest>({
  filter: oneOf(listFilters),
  query: text(maxText.query),
  agent: nullable(text(maxText.id)),
  group: oneOf(listGroupings),
  folded: isFoldedList,
  sinceMs: nullable(count()),
  untilMs: nullable(count()),
  offset: count(),
  limit: count(maxWindowRows),
});

/** Accepts counts of tasks. */
export const isTaskCounts: Guard<TaskCounts> = shape<TaskCounts>({
  total: count(),
  succeeded: count(),
  failed: count(),
  active: count(),
  ended: count(),
});

/** Accepts a row. */
export const isListRow: Guard<ListRow> = shape<ListRow>({
  key,
  id: text(maxText.id),
  agent: text(maxText.id),
  name: text(maxText.name),
  folder: text(maxText.name),
  status: oneOf(executionStatuses),
  isStuck: flag,
  message: nullable(text(maxText.rowMessage)),
  tasks: isTaskCounts,
  attempt: count(),
  createdMs: count(),
  startedMs: nullable(count()),
  finishedMs: nullable(count()),
});

const isListFacts: Guard<ListFacts> = shape<ListFacts>({
  counts: shape<ListCounts>({
    all: count(),
    running: count(),
    waiting: count(),
    stuck: count(),
    failed: count(),
    succeeded: count(),
    cancelled: count(),
  }),
  live: shape<LiveCounts>({ running: count(), waiting: count(), stuck: count() }),
  stored: count(),
  agents: listOf(text(maxText.id), 100),
  hasFolders: flag,
  groups: listOf(
    shape<ListGroup>({ name: text(maxText.groupName), count: count(), isFolded: flag }),
    maxGroups,
  ),
});

/** Accepts a window of rows. */
export const isListWindow: Guard<ListWindow> = shape<ListWindow>({
  offset: count(),
  total: count(),
  keys: listOf(key, maxWindowRows),
  rows: listOf(isListRow, maxWindowRows),
  facts: isListFacts,
});

/** Accepts a change of the window. */
export const isListChange: Guard<ListChange> = shape<ListChange>({
  offset: count(),
  total: count(),
  keys: nullable(listOf(key, maxWindowRows)),
  rows: listOf(isListRow, maxWindowRows),
  facts: nullable(isListFacts),
});
