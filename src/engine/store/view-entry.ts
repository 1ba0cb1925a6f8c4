/** The executions of a view, one by one, so that whoever changes one need not look into the others. */
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { toExecution } from './execution-shape.ts';
import { joinExecution, newestFirst } from './join-executions.ts';

/** An execution in a view. */
export interface ViewEntry {
  readonly id: string;
  readonly createdAt: string;
  readonly isOver: boolean;
  /** Its lines, without what stands between entries. */
  readonly bytes: Buffer;
  /** All of it, read when it is first asked for; null for bytes that are no execution. */
  readonly execution: Execution | null;
}

/** The entry of an execution; `encode` is called when its bytes are first asked for. */
export function entryOf(execution: Execution, encode: () => Buffer): ViewEntry {
  const { id, createdAt, status } = execution;
  let bytes: Buffer | null = null;
  return {
    id,
    createdAt,
    isOver: isExecutionOver(status),
    execution,
    get bytes() {
      return (bytes ??= encode());
    },
  };
}

/** Newer states of executions, or new ones, joined into a view. Newest first; what did not change is the same entry. */
export function joinEntries(
  entries: readonly ViewEntry[],
  put: readonly Execution[],
  toEntry: (execution: Execution) => ViewEntry,
): readonly ViewEntry[] {
  const joined = new Map(entries.map((entry) => [entry.id, entry]));
  for (const execution of put) {
    const known = joined.get(execution.id)?.execution ?? null;
    const next = known === null ? execution : joinExecution(known, execution);
    if (next !== known) joined.set(execution.id, toEntry(next));
  }
  return [...joined.values()].sort(newestFirst);
}

const entryStart = Buffer.from('\n    {');
const entryEnd = Buffer.from('\n    }');
const comma = ','.charCodeAt(0);

/**
 * The entries in the list of a view that this program wrote: a text in a string has no line ends, so the lines tell
 * where each begins and ends. Null for any other text.
 */
export function splitEntries(list: Buffer): readonly ViewEntry[] | null {
  const entries: ViewEntry[] = [];
  let at = 0;
  while (at < list.length) {
    if (!list.subarray(at, at + entryStart.length).equals(entryStart)) break;
    const end = list.indexOf(entryEnd, at);
    if (end < 0) return null;
    const next = end + entryEnd.length;
    const entry = readEntry(list.subarray(at + 1, next));
    if (entry === null) return null;
    entries.push(entry);
    at = list[next] === comma ? next + 1 : next;
  }
  return list.toString('latin1', at) === (entries.length === 0 ? ']' : '\n  ]') ? entries : null;
}

const tasksField = Buffer.from(',\n      "tasks": [');

function readEntry(bytes: Buffer): ViewEntry | null {
  const headEnd = bytes.indexOf(tasksField);
  if (headEnd < 0) return null;
  const head = parse(`${bytes.toString('utf8', 0, headEnd)}}`) as Partial<Execution> | null;
  const { id, createdAt, status } = head ?? {};
  if (typeof id !== 'string' || typeof createdAt !== 'string' || status === undefined) return null;
  let execution: Execution | null | undefined;
  return {
    id,
    createdAt,
    isOver: isExecutionOver(status),
    bytes,
    get execution() {
      if (execution === undefined) execution = toExecution(parse(bytes.toString('utf8')));
      return execution;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
