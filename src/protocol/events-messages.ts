/** What happened to an execution, in pages, and its inputs and outputs in full. Both are read when they are looked at. */
import { count, flag, listOf, nullable, oneOf, shape, text, type Guard } from './guard.ts';
import { maxText } from './limits.ts';

/** Kinds of events by what they mean for a person. */
export const eventTones = ['good', 'bad', 'busy', 'attention', 'quiet'] as const;

/** One transition. */
export interface EventRow {
  /** Its place in the journal, from 1. */
  readonly seq: number;
  readonly atMs: number;
  /** Null: of the execution as a whole. */
  readonly task: string | null;
  /** What happened. */
  readonly what: string;
  /** Why, or by whom; null where there is nothing more to say. */
  readonly cause: string | null;
  readonly tone: (typeof eventTones)[number];
}

/** The events before one (null: the newest). */
export interface EventsRequest {
  readonly key: string;
  readonly before: number | null;
}

/** Events in the order in which they happened; `isFirst`: there are none before. */
export interface EventsPage {
  readonly events: readonly EventRow[];
  readonly total: number;
  readonly isFirst: boolean;
}

/** A value that went in or came out. */
export interface DataValue {
  readonly kind: 'input' | 'output' | 'task-output';
  /** The task that it came out of. */
  readonly task: string | null;
  readonly name: string;
  readonly value: string;
  /** True when the value is longer than this. */
  readonly isCut: boolean;
}

/** Inputs and outputs; `more` are left out. */
export interface DataValues {
  readonly values: readonly DataValue[];
  readonly more: number;
}

/** The most events in a page. */
export const maxEvents = 100;

/** Accepts a request for events. */
export const isEventsRequest: Guard<EventsRequest> = shape<EventsRequest>({
  key: text(maxText.key),
  before: nullable(count()),
});

/** Accepts a page of events. */
export const isEventsPage: Guard<EventsPage> = shape<EventsPage>({
  events: listOf(
    shape<EventRow>({
      seq: count(),
      atMs: count(),
      task: nullable(text(maxText.id)),
      what: text(maxText.id),
      cause: nullable(text(maxText.id)),
      tone: oneOf(eventTones),
    }),
    maxEvents,
  ),
  total: count(),
  isFirst: flag,
});

/** Accepts inputs and outputs. */
export const isDataValues: Guard<DataValues> = shape<DataValues>({
  values: listOf(
    shape<DataValue>({
      kind: oneOf(['input', 'output', 'task-output']),
      task: nullable(text(maxText.id)),
      name: text(maxText.id),
      value: text(2000),
      isCut: flag,
    }),
    500,
  ),
  more: count(),
});
