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
  /** The same, not put together. */
  readonly pieces: readonly Buffer[];
  /** All of it, read when it is first asked for; null for bytes that are no execution. */
  readonly execution: Execution | null;
}

/** The entry of an execution; `encode` is called when its bytes are first asked for. */
export function entryOf(execution: Execution, encode: () => readonly Buffer[]): ViewEntry {
  const { id, createdAt, status } = execution;
  let pieces: readonly Buffer[] | null = null;
  return {
    id,
    createdAt,
    isOver: isExecutionOver(status),
    execution,
    get bytes() {
      const [first, ...more] = this.pieces;
      const whole = more.length === 0 && first !== undefined ? first : Buffer.concat(this.pieces);
      pieces = [whole];
      return whole;
    },
    get pieces() {
      return (pieces ??= encode());
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
 * where each begins and ends. What stands there as it stood in `before` is not read again, and has the same
 * execution. Null for any other text.
 */
export function splitEntries(
  list: Buffer,
  before: readonly ViewEntry[] = [],
): readonly ViewEntry[] | null {
  const known = new KnownEntries(before);
  const entries: ViewEntry[] = [];
  let at = 0;
  while (at < list.length) {
    if (!list.subarray(at, at + entryStart.length).equals(entryStart)) break;
    const same = known.startOf(list, at + 1);
    const end = same === null ? list.indexOf(entryEnd, at) : at + 1 + same.bytes.length;
    if (end < 0) return null;
    const next = same === null ? end + entryEnd.length : end;
    const bytes = list.subarray(at + 1, next);
    const entry = same === null ? known.read(bytes) : again(same, bytes);
    if (entry === null) return null;
    entries.push(entry);
    at = list[next] === comma ? next + 1 : next;
  }
  return list.toString('latin1', at) === (entries.length === 0 ? ']' : '\n  ]') ? entries : null;
}

/** Entries that were read before, in their order: the next text has most of them, and in the same order. */
class KnownEntries {
  readonly #entries: readonly ViewEntry[];
  #index: ReadonlyMap<string, number> | null = null;
  #next = 0;

  constructor(entries: readonly ViewEntry[]) {
    this.#entries = entries;
  }

  /** The entry that is expected next, where its bytes stand there, whole. */
  startOf(list: Buffer, at: number): ViewEntry | null {
    const entry = this.#entries[this.#next];
    if (entry === undefined) return null;
    const { length } = entry.bytes;
    // An entry has only one end, so what begins like a whole one is one.
    if (at + length > list.length) return null;
    if (list.compare(entry.bytes, 0, length, at, at + length) !== 0) return null;
    this.#next += 1;
    return entry;
  }

  /** Reads an entry that is not the expected one: a new one, a changed one, or one that others before it made way for. */
  read(bytes: Buffer): ViewEntry | null {
    const head = readHead(bytes);
    if (head === null) return null;
    this.#index ??= new Map(this.#entries.map(({ id }, index) => [id, index]));
    const index = this.#index.get(head.id);
    if (index !== undefined) this.#next = index + 1;
    const entry = index === undefined ? undefined : this.#entries[index];
    return entry?.bytes.equals(bytes) === true
      ? again(entry, bytes)
      : new ReadEntry(bytes, head, { execution: undefined });
  }
}

/** The same entry in other bytes, which are those of the newer file: the older one is to be let go. */
function again(entry: ViewEntry, bytes: Buffer): ViewEntry {
  return entry instanceof ReadEntry ? entry.in(bytes) : entry;
}

type EntryHead = Pick<ViewEntry, 'id' | 'createdAt' | 'isOver'>;

/** An entry of a file that was read. */
class ReadEntry implements ViewEntry {
  readonly id: string;
  readonly createdAt: string;
  readonly isOver: boolean;
  readonly bytes: Buffer;
  readonly #read: { execution: Execution | null | undefined };

  constructor(
    bytes: Buffer,
    { id, createdAt, isOver }: EntryHead,
    read: { execution: Execution | null | undefined },
  ) {
    this.bytes = bytes;
    this.id = id;
    this.createdAt = createdAt;
    this.isOver = isOver;
    this.#read = read;
  }

  get execution(): Execution | null {
    let { execution } = this.#read;
    if (execution === undefined) {
      execution = toExecution(parse(this.bytes.toString('utf8')));
      this.#read.execution = execution;
    }
    return execution;
  }

  get pieces(): readonly Buffer[] {
    return [this.bytes];
  }

  in(bytes: Buffer): ReadEntry {
    return new ReadEntry(bytes, this, this.#read);
  }
}

const tasksField = Buffer.from(',\n      "tasks": [');

/** What tells entries apart, found in the lines without reading them all: a start of a run looks at two hundred. */
function readHead(bytes: Buffer): EntryHead | null {
  const headEnd = bytes.indexOf(tasksField);
  if (headEnd < 0) return null;
  const head = bytes.subarray(0, headEnd);
  const id = readField(head, fields.id);
  const createdAt = readField(head, fields.createdAt);
  const status = readField(head, fields.status);
  if (id === null || createdAt === null || status === null) return null;
  return { id, createdAt, isOver: isExecutionOver(status as Execution['status']) };
}

const fieldStart = (name: string): Buffer => Buffer.from(`\n      "${name}": "`);
const fields = {
  id: fieldStart('id'),
  createdAt: fieldStart('createdAt'),
  status: fieldStart('status'),
};
const quote = '"'.charCodeAt(0);

/** A text of the header, each of which is on a line of its own; null for one that is missing or no plain text. */
function readField(head: Buffer, start: Buffer): string | null {
  const at = head.indexOf(start);
  if (at < 0) return null;
  const from = at + start.length;
  const text = head.toString('utf8', from, head.indexOf(quote, from));
  return text.includes('\\') ? null : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
