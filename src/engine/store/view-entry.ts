/** The executions of a view, one by one, so that whoever changes one need not look into the others. */
import { isAscii } from 'node:buffer';
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
  /** Where they stand in a file that was read: neighbours there can be written as one piece. */
  readonly place: EntryPlace | null;
  /** All of it, read when it is first asked for; null for bytes that are no execution. */
  readonly execution: Execution | null;
}

/** The lines of an entry in the list of a view that was read. */
export interface EntryPlace {
  readonly list: Buffer;
  readonly from: number;
  readonly to: number;
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
    place: null,
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

const entryStart = '\n    {';
const entryEnd = '\n    }';

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
  // Looking for something in a text takes a tenth of looking for it in bytes. But places must be the same in both, and
  // where most entries are known, the few others are not worth a copy of all.
  const whole = before.length === 0 && isAscii(list) ? list.toString('latin1') : null;
  let at = 0;
  while (at < list.length) {
    const isStart =
      whole?.startsWith(entryStart, at) ??
      list.toString('latin1', at, at + entryStart.length) === entryStart;
    if (!isStart) break;
    const from = at + 1;
    const same = known.startOf(list, from);
    const end = same === null ? (whole ?? list).indexOf(entryEnd, at) : from + lengthOf(same);
    if (end < 0) return null;
    const to = same === null ? end + entryEnd.length : end;
    const place = { list, from, to };
    const entry = same === null ? known.read(place, whole) : again(same, place);
    if (entry === null) return null;
    entries.push(entry);
    at = list[to] === comma ? to + 1 : to;
  }
  return list.toString('latin1', at) === (entries.length === 0 ? ']' : '\n  ]') ? entries : null;
}

const comma = ','.charCodeAt(0);

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

  /**
   * Reads an entry that is not the expected one: a new one, a changed one, or one that others before it made way for.
   * `whole` is all of the list as text, where there is one.
   */
  read(place: EntryPlace, whole: string | null): ViewEntry | null {
    const { list, from, to } = place;
    const head =
      whole === null
        ? readHead(list.toString('utf8', from, to), 0, Infinity)
        : readHead(whole, from, to);
    if (head === null) return null;
    this.#index ??= new Map(this.#entries.map(({ id }, index) => [id, index]));
    const index = this.#index.get(head.id);
    if (index !== undefined) this.#next = index + 1;
    const entry = index === undefined ? undefined : this.#entries[index];
    return entry?.bytes.equals(list.subarray(from, to)) === true
      ? again(entry, place)
      : new ReadEntry(place, head, { execution: undefined });
  }
}

/** The same entry in other bytes, which are those of the newer file: the older one is to be let go. */
function again(entry: ViewEntry, place: EntryPlace): ViewEntry {
  return entry instanceof ReadEntry ? entry.in(place) : entry;
}

/** How many bytes an entry has. */
export function lengthOf(entry: ViewEntry): number {
  const { place } = entry;
  if (place !== null) return place.to - place.from;
  return entry.pieces.reduce((sum, { length }) => sum + length, 0);
}

type EntryHead = Pick<ViewEntry, 'id' | 'createdAt' | 'isOver'>;

/** An entry of a file that was read. */
class ReadEntry implements ViewEntry {
  readonly id: string;
  readonly createdAt: string;
  readonly isOver: boolean;
  readonly place: EntryPlace;
  readonly #read: { execution: Execution | null | undefined };

  constructor(
    place: EntryPlace,
    { id, createdAt, isOver }: EntryHead,
    read: { execution: Execution | null | undefined },
  ) {
    this.place = place;
    this.id = id;
    this.createdAt = createdAt;
    this.isOver = isOver;
    this.#read = read;
  }

  get bytes(): Buffer {
    const { list, from, to } = this.place;
    return list.subarray(from, to);
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

  in(place: EntryPlace): ReadEntry {
    return new ReadEntry(place, this, this.#read);
  }
}

const tasksField = ',\n      "tasks": [';

/** What tells entries apart, found in the lines without reading them all: a start of a run looks at two hundred. */
function readHead(text: string, from: number, to: number): EntryHead | null {
  const headEnd = text.indexOf(tasksField, from);
  if (headEnd < 0 || headEnd > to) return null;
  const id = readField(text, '\n      "id": "', from, headEnd);
  const createdAt = readField(text, '\n      "createdAt": "', from, headEnd);
  const status = readField(text, '\n      "status": "', from, headEnd);
  if (id === null || createdAt === null || status === null) return null;
  return { id, createdAt, isOver: isExecutionOver(status as Execution['status']) };
}

/** A text of the header, each of which is on a line of its own; null for one that is missing or no plain text. */
function readField(text: string, start: string, from: number, to: number): string | null {
  const at = text.indexOf(start, from);
  if (at < 0 || at > to) return null;
  const begin = at + start.length;
  const value = text.slice(begin, text.indexOf('"', begin));
  return value.includes('\\') ? null : value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
