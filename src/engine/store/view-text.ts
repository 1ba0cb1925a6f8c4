/**
 * The bytes of the view file. A header field per line and a task per line: readable, and half the size of fully
 * indented JSON. The last field is a checksum of all before it, by which an edit by other hands is noticed.
 */
import type { Execution, TaskExecution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { toExecution } from './execution-shape.ts';
import { checksum } from './journal-line.ts';
import { entryOf, lengthOf, splitEntries, type ViewEntry } from './view-entry.ts';

/** The version that this program reads and writes. */
export const viewVersion = 1;

/** What the bytes of a view file are. */
export type ParsedView =
  | { readonly kind: 'empty' }
  | { readonly kind: 'bad'; readonly why: string }
  | { readonly kind: 'newer'; readonly version: number; readonly executions: readonly Execution[] }
  | ValidView;

/** A view file that can be used. */
export interface ValidView {
  readonly kind: 'valid';
  readonly revision: number;
  readonly executions: readonly Execution[];
  /** Fields of others at the top of the file. */
  readonly others: Readonly<Record<string, unknown>>;
  /** False when somebody else wrote it: then its executions are compared with their journals. */
  readonly isOwnText: boolean;
  /** The same executions, not yet read; null when somebody else wrote it. */
  readonly entries: readonly ViewEntry[] | null;
  /** Entries that are no executions. */
  readonly rejected: number;
}

/**
 * Reads a view file; never throws. Of one that this program wrote, executions are read when they are asked for, and
 * those that stood in the file `before` are the same objects.
 */
export function parseView(bytes: Uint8Array, before: ParsedView | null = null): ParsedView {
  const entries = before?.kind === 'valid' ? before.entries : null;
  return readOwnText(bytes, entries ?? []) ?? parseText(bytes);
}

function parseText(bytes: Uint8Array): ParsedView {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (text.trim() === '') return { kind: 'empty' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return { kind: 'bad', why: 'it is not JSON' };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { kind: 'bad', why: 'it is not an object' };
  }
  const {
    version,
    revision,
    executions,
    digest: _digest,
    ...others
  } = parsed as Record<string, unknown>;
  if (typeof version !== 'number') return { kind: 'bad', why: 'it has no version' };
  const list: readonly unknown[] | null = Array.isArray(executions) ? executions : null;
  const usable = (list ?? []).map(toExecution).filter((execution) => execution !== null);
  if (version > viewVersion) return { kind: 'newer', version, executions: usable };
  if (version !== viewVersion || list === null) return { kind: 'bad', why: 'it has no executions' };
  return {
    kind: 'valid',
    revision: Number.isSafeInteger(revision) ? (revision as number) : 0,
    executions: usable,
    others,
    isOwnText: false,
    entries: null,
    rejected: list.length - usable.length,
  };
}

/** A view of this program's own making. */
export function ownView(
  { revision, others }: Pick<ValidView, 'revision' | 'others'>,
  entries: readonly ViewEntry[],
): ValidView {
  let executions: readonly Execution[] | null = null;
  return {
    kind: 'valid',
    revision,
    others,
    isOwnText: true,
    entries,
    get executions() {
      return (executions ??= entries.flatMap(({ execution }) => execution ?? []));
    },
    get rejected() {
      return entries.length - this.executions.length;
    },
  };
}

const listStart = Buffer.from(',\n  "executions": [');

/** Null for a text that somebody else wrote, or another version. */
function readOwnText(bytes: Uint8Array, before: readonly ViewEntry[]): ValidView | null {
  if (!hasOwnDigest(bytes)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength - tailLength);
  const headEnd = text.indexOf(listStart);
  if (headEnd < 0) return null;
  let head: Record<string, unknown>;
  try {
    head = JSON.parse(`${text.toString('utf8', 0, headEnd)}}`) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { version, revision, ...others } = head;
  if (version !== viewVersion || !Number.isSafeInteger(revision)) return null;
  const entries = splitEntries(text.subarray(headEnd + listStart.length), before);
  return entries === null ? null : ownView({ revision: revision as number, others }, entries);
}

const digestLine = /^,\n {2}"digest": "([0-9a-f]{8})"\n\}\n$/;

/** All that is written after what the checksum is of; always of one length. */
function tailOf(digest: string): string {
  return `,\n  "digest": "${digest}"\n}\n`;
}

const tailLength = tailOf('00000000').length;

function hasOwnDigest(bytes: Uint8Array): boolean {
  const end = Math.max(0, bytes.length - tailLength);
  const match = digestLine.exec(Buffer.from(bytes.subarray(end)).toString('latin1'));
  return match?.[1] !== undefined && checksum(bytes.subarray(0, end)) === match[1];
}

/** How much the view holds: finished executions beyond either limit leave it, oldest first. */
export interface ViewLimits {
  readonly keep: number;
  readonly maxBytes: number;
}

/** All unfinished executions and the newest finished ones within the limits, at least one. In the given order. */
export function limitEntries(
  entries: readonly ViewEntry[],
  limits: ViewLimits,
): readonly ViewEntry[] {
  let finished = 0;
  let size = 0;
  return entries.filter((entry) => {
    if (entry.isOver) {
      if (finished >= limits.keep || (finished > 0 && size > limits.maxBytes)) return false;
      finished += 1;
    }
    size += lengthOf(entry);
    return true;
  });
}

const between = Buffer.from(',\n');

/**
 * Writes view files; remembers the bytes of what did not change, outside of the heap: a write takes one copy of the
 * file and no work on text but for what is new.
 */
export class ViewText {
  readonly #entries = new WeakMap<Execution, ViewEntry>();
  /** Of executions that go on, as they were written last. */
  readonly #lines = new Map<string, readonly TaskLines[]>();
  /** Room for a whole file: one of many tasks would otherwise be a megabyte to throw away ten times a second. */
  #room = Buffer.alloc(0);

  /** The entry of an execution; the same one each time. */
  entryOf(execution: Execution): ViewEntry {
    const known = this.#entries.get(execution);
    if (known !== undefined) return known;
    const entry = entryOf(execution, () => this.#encodeExecution(execution));
    this.#entries.set(execution, entry);
    return entry;
  }

  /** The bytes of a view file, until the next are asked for. */
  encode(view: Pick<ValidView, 'revision' | 'others'>, entries: readonly ViewEntry[]): Uint8Array {
    const head = [`"version": ${String(viewVersion)}`, `"revision": ${String(view.revision)}`];
    const others = Object.entries(view.others).map(
      ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`,
    );
    const fields = [...head, ...others].join(',\n  ');
    const pieces: Uint8Array[] = [Buffer.from(`{\n  ${fields},\n  "executions": [`)];
    for (const [index, joined] of joinNeighbours(entries).entries()) {
      pieces.push(index === 0 ? between.subarray(1) : between, ...joined);
    }
    pieces.push(Buffer.from(entries.length === 0 ? ']' : '\n  ]'));
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (this.#room.length < length + tailLength) {
      this.#room = Buffer.allocUnsafeSlow(Math.ceil((length + tailLength) * 1.25));
    }
    let at = 0;
    for (const piece of pieces) {
      this.#room.set(piece, at);
      at += piece.length;
    }
    this.#room.write(tailOf(checksum(this.#room.subarray(0, length))), length, 'latin1');
    return this.#room.subarray(0, length + tailLength);
  }

  /** In pieces that the next state of the execution has as well: put together, each state would be a copy of all. */
  #encodeExecution({ tasks, ...header }: Execution): readonly Buffer[] {
    const text = JSON.stringify(header, null, 2).slice(0, -2).replaceAll('\n', '\n    ');
    const head = Buffer.from(`    ${text},\n      "tasks": [`);
    if (tasks.length === 0) return [head, Buffer.from(']\n    }')];
    const before = this.#lines.get(header.id) ?? [];
    const lines: TaskLines[] = [];
    for (let at = 0; at < tasks.length; at += pieceLength) {
      lines.push(linesOf(tasks.slice(at, at + pieceLength), before[lines.length]));
    }
    if (isExecutionOver(header.status)) this.#lines.delete(header.id);
    else this.#lines.set(header.id, lines);
    const pieces = lines.flatMap(({ bytes }, index) => [
      index === 0 ? betweenTasks.subarray(1) : betweenTasks,
      bytes,
    ]);
    return [head, ...pieces, Buffer.from('\n      ]\n    }')];
  }
}

/** The pieces of all entries, one list for each, or one for several that stand side by side in a file that was read. */
function joinNeighbours(entries: readonly ViewEntry[]): readonly (readonly Buffer[])[] {
  const joined: (readonly Buffer[])[] = [];
  let run: { readonly list: Buffer; readonly from: number; to: number } | null = null;
  const endRun = (): void => {
    if (run !== null) joined.push([run.list.subarray(run.from, run.to)]);
    run = null;
  };
  for (const entry of entries) {
    const { place } = entry;
    if (place !== null && run?.list === place.list && run.to + between.length === place.from) {
      run.to = place.to;
    } else {
      endRun();
      if (place === null) joined.push(entry.pieces);
      else run = { ...place };
    }
  }
  endRun();
  return joined;
}

/** The lines of tasks that follow each other; those of `before` where they are of the same tasks. */
function linesOf(tasks: readonly TaskExecution[], before: TaskLines | undefined): TaskLines {
  const isSame =
    before?.tasks.length === tasks.length &&
    before.tasks.every((task, index) => task === tasks[index]);
  if (isSame) return before;
  const text = tasks.map((task) => JSON.stringify(task)).join(betweenTasks.toString());
  return { tasks, bytes: Buffer.from(text) };
}

/** The lines of some tasks that follow each other. */
interface TaskLines {
  readonly tasks: readonly TaskExecution[];
  readonly bytes: Buffer;
}

/** A changed task is written anew with its neighbours: few enough for that, and enough to keep few objects. */
const pieceLength = 64;
const betweenTasks = Buffer.from(',\n        ');
