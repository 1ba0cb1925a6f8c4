/**
 * The log of one attempt, as text at byte offsets. The host sends the next chunk only when the last one was
 * acknowledged; when the log grows faster than that, it goes on near the end and says so (`isSkip`).
 */
import { count, flag, nullable, shape, text, type Guard } from './guard.ts';
import { maxLogChunkBytes, maxText } from './limits.ts';

/** Which log to follow; `attempt` null is the newest. */
export interface LogTarget {
  readonly key: string;
  readonly task: string;
  readonly attempt: number | null;
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

/** The webview has shown everything before `next`. */
export interface LogAck {
  readonly stream: number;
  readonly next: number;
}

const id = text(maxText.id);

/** Accepts a log to follow, or null for none. */
export const isLogTarget: Guard<LogTarget | null> = nullable(
  shape<LogTarget>({ key: text(maxText.key), task: id, attempt: nullable(count()) }),
);

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

/** Accepts an acknowledgement. */
export const isLogAck: Guard<LogAck> = shape<LogAck>({ stream: count(), next: count() });
