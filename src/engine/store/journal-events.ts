/** The events of an execution with their places: what a person reads as its history. */
import type { ExecutionEvent } from '../../model/events.ts';
import { readParts } from './journal-chain.ts';
import { decodeLines, type JournalLine } from './journal-line.ts';
import { claimPath, journalPath, type StateFolder } from './state-folder.ts';
import { readFrom } from './write-file.ts';

/** An event with its place in the journal. */
export interface NumberedEvent {
  readonly seq: number;
  readonly event: ExecutionEvent;
}

/** Everything that happened to one execution, in order, as far as its journals can be read; of what grows only the new is read. */
export class JournalEvents {
  readonly #folder: StateFolder;
  readonly #id: string;
  #events: NumberedEvent[] = [];
  #epoch = 0;
  #offset = 0;

  constructor(folder: StateFolder, id: string) {
    this.#folder = folder;
    this.#id = id;
  }

  /** The array grows with the next call. Throws what the disk throws. */
  read(): readonly NumberedEvent[] {
    if (!this.#readMore()) this.#readAll();
    return this.#events;
  }

  /** Whether what was known is still the beginning of what is there. */
  #readMore(): boolean {
    const { disk } = this.#folder;
    if (this.#epoch === 0) return false;
    // A later claim may void the end of this journal.
    if (disk.exists(claimPath(this.#folder, this.#id, this.#epoch + 1))) return false;
    const file = journalPath(this.#folder, this.#id, this.#epoch);
    const found = readFrom(disk, file, this.#offset);
    if (found === null || found.stat.size < BigInt(this.#offset)) return false;
    const { lines, goodBytes, isDamaged } = decodeLines(found.bytes, this.#epoch);
    const added = eventsOf(lines);
    const expected = (this.#events.at(-1)?.seq ?? 0) + 1;
    if (isDamaged || (added[0]?.seq ?? expected) !== expected) return false;
    this.#events.push(...added);
    this.#offset += goodBytes;
    return true;
  }

  #readAll(): void {
    const { parts, problem } = readParts(this.#folder, this.#id);
    const last = parts.at(-1);
    const isWhole = problem === null && last !== undefined;
    this.#events = parts.flatMap(({ decoded }) => eventsOf(decoded.lines));
    this.#epoch = isWhole ? last.epoch : 0;
    this.#offset = isWhole ? last.decoded.goodBytes : 0;
  }
}

function eventsOf(lines: readonly JournalLine[]): readonly NumberedEvent[] {
  return lines.flatMap((line) =>
    line.kind === 'events'
      ? line.events.map((event, index) => ({ seq: line.seq + index, event }))
      : [],
  );
}
