/** Reads the view file, at most once per state of it, and with patience while somebody writes it in place. */
import type { Clock } from '../ports.ts';
import { viewPath, type StateFolder } from './state-folder.ts';
import { sleep } from './view-lock.ts';
import { parseView, type ParsedView } from './view-text.ts';
import { readFrom, signatureFrom, signatureOf } from './write-file.ts';

/** What the view file held at one moment. */
export interface ViewReading {
  readonly view: ParsedView | { readonly kind: 'missing' };
  /** Differs for every state of the file; null when it is missing. */
  readonly signature: string | null;
  /** What was parsed; null for a missing file and for one that this process wrote itself. */
  readonly bytes: Uint8Array | null;
}

/** Editors truncate a file before they write it; these waits let them finish. */
const patienceMs = [25, 50, 100, 200, 400];
/** Bytes that are no view are taken for final when they have not changed for this long. */
const settledMs = 2000;

/** Reads one folder's view file. Its methods throw what the disk throws. */
export class ViewReader {
  readonly #folder: StateFolder;
  #last: ViewReading | null = null;
  #lastRevision = 0;
  /** A bad state of the file that was given enough time. */
  #settled: string | null = null;

  constructor(folder: StateFolder) {
    this.#folder = folder;
  }

  /** The highest revision that was ever read or written here. */
  get lastRevision(): number {
    return this.#lastRevision;
  }

  /** What was read last, without looking. */
  get last(): ViewReading | null {
    return this.#last;
  }

  /** The file as it is now; the same object while it does not change. */
  read(): ViewReading {
    const signature = signatureOf(this.#folder.disk, viewPath(this.#folder));
    if (this.#last !== null && this.#last.signature === signature) return this.#last;
    const found = readFrom(this.#folder.disk, viewPath(this.#folder), 0);
    const before = this.#last?.view ?? null;
    const reading: ViewReading =
      found === null
        ? { view: { kind: 'missing' }, signature: null, bytes: null }
        : {
            view: parseView(found.bytes, before?.kind === 'missing' ? null : before),
            signature: signatureFrom(found.stat),
            bytes: found.bytes,
          };
    this.#remember(reading);
    return reading;
  }

  /** Takes what this process just wrote as read. */
  adopt(reading: ViewReading): void {
    this.#remember(reading);
  }

  /** Reads until the file can be used, or can be taken for bad: what nobody changes any more. */
  async settle(clock: Clock): Promise<ViewReading> {
    let reading = this.read();
    for (const delayMs of patienceMs) {
      if (isUsable(reading) || this.isSettled(reading)) return reading;
      await sleep(clock, delayMs);
      reading = this.read();
    }
    // Nothing is lost with an empty file, so it need not be given more time.
    if (!isUsable(reading) && reading.view.kind !== 'empty') {
      await sleep(clock, settledMs);
      if (this.read() !== reading) return this.read();
    }
    this.#settled = reading.signature;
    return reading;
  }

  /** Whether a file that cannot be used was given enough time to become better. */
  isSettled(reading: ViewReading): boolean {
    return reading.signature !== null && reading.signature === this.#settled;
  }

  #remember(reading: ViewReading): void {
    this.#last = reading;
    if (reading.view.kind === 'valid') {
      this.#lastRevision = Math.max(this.#lastRevision, reading.view.revision);
    }
  }
}

/** A missing file is usable: there is nothing that could be harmed. */
function isUsable(reading: ViewReading): boolean {
  const { kind } = reading.view;
  return kind === 'valid' || kind === 'newer' || kind === 'missing';
}
