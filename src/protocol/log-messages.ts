/**
 * The log of one attempt, as text at byte offsets. The host sends the next chunk only when the last one was
 * acknowledged; when the log grows faster than that, it goes on near the end and says so (`isSkip`).
 */
import type { LogWish } from './choose-log.ts';
import { count, flag, nullable, oneOf, shape, text, type Guard } from './guard.ts';
import { maxLogChunkBytes, maxText } from './limits.ts';

/** One attempt's log; `attempt` null is the newest. */
export interface LogName {
  readonly key: string;
  readonly task: string;
  readonly attempt: number | null;
}

/** Which log to follow, from which byte on; null is near its end. */
export interface LogTarget extends LogName {
  readonly from: number | null;
  /** By what another log may follow unasked, as part of a change. */
  readonly wish: LogWish;
}

/** A piece of a log to look at: the one that ends at a byte, starts there, or has it in its middle. */
export interface LogPageRequest extends LogName {
  readonly at: number;
  readonly kind: 'before' | 'after' | 'around';
}

/** Whole lines of a log (a line that is longer than a message is cut): the bytes from `from` to `next`, decoded. */
export interface LogPage {
  readonly from: number;
  readonly next: number;
  readonly size: number;
  readonly text: string;
}

/** Looks for a line, all over the log: one that has `query` in it, or for `error` one that tells of a failure. */
export interface LogSearchRequest extends LogName {
  readonly kind: 'text' | 'error';
  readonly query: string;
  /** The first line at or after this byte; with `isBack` the last one before it. At the ends it goes round. */
  readonly at: number;
  readonly isBack: boolean;
}

/** What was found. */
export interface LogSearchResult {
  /** Lines that match in the whole log. */
  readonly total: number;
  /** True when there are more than were counted. */
  readonly isCapped: boolean;
  /** The place of the found line among them, from 0, and its first byte; null when nothing matches. */
  readonly found: { readonly index: number; readonly at: number } | null;
}

/** A place in a file, as a log names it. */
export interface FilePlace {
  readonly key: string;
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** A piece of a log: the bytes from `from` to `next`, decoded. */
export interface LogChunk {
  /** Tells chunks of this log from late ones of an earlier one. */
  readonly stream: number;
  readonly attempt: number;
  readonly from: number;
  readonly next: number;
  /** Bytes the log has now. */
  readonly size: number;
  readonly text: string;
  /** True when bytes before `from` were left out. */
  readonly isSkip: boolean;
  /** True when the attempt is over and this is the end of its log. */
  readonly isOver: boolean;
}

/** What comes with a change that is about the log: its next piece, or the first one of another log. */
export interface LogStep {
  readonly task: string;
  readonly chunk: LogChunk;
}

/** The webview has shown everything before `next`. */
export interface LogAck {
  readonly stream: number;
  readonly next: number;
}

const id = text(maxText.id);

const name = { key: text(maxText.key), task: id, attempt: nullable(count()) };

/** Accepts a log to follow, or null for none. */
export const isLogTarget: Guard<LogTarget | null> = nullable(
  shape<LogTarget>({
    ...name,
    from: nullable(count()),
    wish: shape<LogWish>({ task: nullable(id), attempt: nullable(count()) }),
  }),
);

/** Accepts a request for a piece of a log. */
export const isLogPageRequest: Guard<LogPageRequest> = shape<LogPageRequest>({
  ...name,
  at: count(),
  kind: oneOf(['before', 'after', 'around']),
});

/** Accepts a piece of a log that was asked for. */
export const isLogPage: Guard<LogPage> = shape<LogPage>({
  from: count(),
  next: count(),
  size: count(),
  text: text(maxLogChunkBytes),
});

/** Accepts something to look for. */
export const isLogSearchRequest: Guard<LogSearchRequest> = shape<LogSearchRequest>({
  ...name,
  kind: oneOf(['text', 'error']),
  query: text(maxText.query),
  at: count(),
  isBack: flag,
});

/** Accepts what was found. */
export const isLogSearchResult: Guard<LogSearchResult> = shape<LogSearchResult>({
  total: count(),
  isCapped: flag,
  found: nullable(shape<{ index: number; at: number }>({ index: count(), at: count() })),
});

/** Accepts a place in a file. */
export const isFilePlace: Guard<FilePlace> = shape<FilePlace>({
  key: text(maxText.key),
  path: text(1000),
  line: count(),
  column: count(),
});

/** Accepts a piece of a log. */
export const isLogChunk: Guard<LogChunk> = shape<LogChunk>({
  stream: count(),
  attempt: count(),
  from: count(),
  next: count(),
  size: count(),
  text: text(maxLogChunkBytes),
  isSkip: flag,
  isOver: flag,
});

/** Accepts what comes with a change. */
export const isLogStep: Guard<LogStep> = shape<LogStep>({ task: id, chunk: isLogChunk });

/** Accepts an acknowledgement. */
export const isLogAck: Guard<LogAck> = shape<LogAck>({ stream: count(), next: count() });
