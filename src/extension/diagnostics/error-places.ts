import { readLogTail } from '../../engine/logs/read-log.ts';
import { findErrorLine, type ErrorLine } from '../logs/find-error-line.ts';
import { maxLogBytes, readable } from '../logs/log-text.ts';

/** Longer lines are cut: the Problems view shows one line. */
const maxLength = 200;

/** Failures whose logs are looked into; with more of them the first ones say enough. */
const maxPlaces = 200;

/** Finds in logs that are complete where they say what went wrong. Each is read once. */
export class ErrorPlaces {
  readonly #known = new Map<string, ErrorLine | null>();

  /** The line in the document of the log; null where the log is empty, gone, or too long for line numbers to be told. */
  async find(file: string): Promise<ErrorLine | null> {
    const known = this.#known.get(file);
    if (known !== undefined) return known;
    if (this.#known.size >= maxPlaces) return null;
    const read = await readLogTail(file, maxLogBytes);
    const found =
      read.ok && read.value.from === 0 ? findErrorLine(readable(read.value.text)) : null;
    const error =
      found === null || found.text.length <= maxLength
        ? found
        : { ...found, text: `${found.text.slice(0, maxLength - 1)}…` };
    this.#known.set(file, error);
    return error;
  }

  /** Forgets the logs of failures that are shown no more. */
  keep(files: ReadonlySet<string>): void {
    for (const file of this.#known.keys()) if (!files.has(file)) this.#known.delete(file);
  }
}
