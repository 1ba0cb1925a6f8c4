/** Messages between the editor and the graph beside a workflow file. */
import { isTaskRow, type TaskRow } from './detail-messages.ts';
import { flag, isRecord, listOf, nullable, shape, text, type Guard } from './guard.ts';
import { maxText } from './limits.ts';

/** The most tasks that are drawn. */
export const maxGraphTasks = 5000;

/** Longer than any path that systems take, also with every character of it escaped. */
const maxAddress = 16_000;

/** The graph as it is now; all of it each time, since a change of the text may move everything. */
export interface GraphMessage {
  readonly type: 'graph';
  /** The address of the workflow file: the page keeps it, so that the graph comes back after a reload. */
  readonly file: string;
  readonly tasks: readonly TaskRow[];
  /** The task that the cursor is in, as a row's id or group. */
  readonly selected: string | null;
  /** Whose states these are, in words; null before the first execution. */
  readonly execution: string | null;
  /** False while the text is not valid. */
  readonly isValid: boolean;
}

/** The page is there and waits for its first graph. */
export interface GraphReady {
  readonly type: 'ready';
}

/** A person wants to see the task in the text. */
export interface GraphReveal {
  readonly type: 'reveal';
  /** A row's group, or its id where it has none. */
  readonly task: string;
}

/** True for what the editor sends. */
export const isGraphMessage: Guard<GraphMessage> = (value): value is GraphMessage =>
  isRecord(value) && value['type'] === 'graph' && isGraph(value);

const isGraph = shape<GraphMessage>({
  type: (value): value is 'graph' => value === 'graph',
  file: text(maxAddress),
  tasks: listOf(isTaskRow, maxGraphTasks),
  selected: nullable(text(maxText.id)),
  execution: nullable(text(maxText.name)),
  isValid: flag,
});

/** What a page keeps over a reload: whose graph it is. */
export interface GraphState {
  readonly file: string;
}

/** The address of the file of a page that was kept; null for anything else. */
export function readGraphState(value: unknown): string | null {
  if (!isRecord(value)) return null;
  const { file } = value;
  return text(maxAddress)(file) ? file : null;
}

/** What the page sends; null for anything else. */
export function readGraphRequest(value: unknown): GraphReady | GraphReveal | null {
  if (!isRecord(value)) return null;
  if (value['type'] === 'ready') return { type: 'ready' };
  const { type, task } = value;
  return type === 'reveal' && text(maxText.id)(task) ? { type, task } : null;
}
