import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogSearchRequest, LogSearchResult } from '../../protocol/log-messages.ts';
import { tellsOfFailure } from '../logs/find-error-line.ts';
import type { LogReader } from './log-stream.ts';

/** Bytes that are looked at before others get their turn. */
const stepBytes = 1024 * 1024;

/** Lines that are remembered: whoever has more looks for the wrong thing. */
const maxLines = 50_000;

interface Search {
  readonly key: string;
  /** First bytes of the lines that match, ascending. */
  readonly lines: number[];
  /** The first byte that was not looked at: the start of a line. */
  next: number;
  scan: Promise<void> | null;
}

/** Looks for lines in one log, remembers where they are, and of a log that grew looks at the new part only. */
export class LogSearch {
  readonly #range: LogReader['range'];
  #search: Search | null = null;

  constructor(range: LogReader['range']) {
    this.#range = range;
  }

  /** The line that is asked for, and how many there are. A search that another one follows ends early, with what it has. */
  async find(
    file: string,
    request: Pick<LogSearchRequest, 'kind' | 'query' | 'at' | 'isBack'>,
  ): Promise<LogSearchResult> {
    const { kind, query, at, isBack } = request;
    if (kind === 'text' && query === '') return { total: 0, isCapped: false, found: null };
    const key = JSON.stringify([file, kind, query]);
    if (this.#search?.key !== key) this.#search = { key, lines: [], next: 0, scan: null };
    const search = this.#search;
    const matches = kind === 'error' ? errorMatcher() : textMatcher(query);
    search.scan ??= this.#scan(file, search, matches).finally(() => {
      search.scan = null;
    });
    await search.scan;
    const { lines } = search;
    const total = lines.length;
    if (total === 0) return { total, isCapped: false, found: null };
    const after = firstAtOrAfter(lines, at);
    const index = isBack ? (after + total - 1) % total : after % total;
    return { total, isCapped: total >= maxLines, found: { index, at: lines[index] ?? 0 } };
  }

  async #scan(file: string, search: Search, matches: Matcher): Promise<void> {
    while (this.#search === search && search.lines.length < maxLines) {
      const read = await this.#range(file, search.next, stepBytes);
      if (!read.ok || read.value.bytes.length === 0) return;
      const { bytes, size } = read.value;
      const isEnd = search.next + bytes.length >= size;
      const lineEnd = bytes.lastIndexOf(0x0a);
      // The last line of a growing log is looked at now and again when it is longer; a huge one is cut.
      const length = isEnd || lineEnd < 0 ? bytes.length : lineEnd + 1;
      // One character a byte: places in the text are places in the file.
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, length).toString('latin1');
      while ((search.lines.at(-1) ?? -1) >= search.next) search.lines.pop();
      for (const place of matches(text)) {
        if (search.lines.length < maxLines) search.lines.push(search.next + place);
      }
      if (isEnd) {
        search.next += lineEnd + 1;
        return;
      }
      search.next += length;
      await nextTurn();
    }
  }
}

/** Finds the first characters of the lines of a text that match. */
type Matcher = (text: string) => readonly number[];

function textMatcher(query: string): Matcher {
  const wanted = Buffer.from(query, 'utf8').toString('latin1').toLowerCase();
  return (text) => {
    const lower = text.toLowerCase();
    if (lower.includes('\u001b')) {
      return matchingLines(lower, (line) => withoutEscapes(line).includes(wanted));
    }
    const places: number[] = [];
    let at = lower.indexOf(wanted);
    while (at >= 0) {
      places.push(lower.lastIndexOf('\n', at) + 1);
      const lineEnd = lower.indexOf('\n', at);
      at = lineEnd < 0 ? -1 : lower.indexOf(wanted, lineEnd + 1);
    }
    return places;
  };
}

function errorMatcher(): Matcher {
  return (text) => matchingLines(text, (line) => tellsOfFailure(withoutEscapes(line)));
}

function matchingLines(text: string, isMatch: (line: string) => boolean): readonly number[] {
  const places: number[] = [];
  for (let from = 0; from < text.length;) {
    const lineEnd = text.indexOf('\n', from);
    const end = lineEnd < 0 ? text.length : lineEnd;
    if (isMatch(text.slice(from, end))) places.push(from);
    from = end + 1;
  }
  return places;
}

const escapes = new RegExp('\\u001b\\[[0-9;:?<=>]*[ -/]*[@-~]', 'g');

function withoutEscapes(line: string): string {
  return line.includes('\u001b') ? line.replace(escapes, '') : line;
}

function firstAtOrAfter(sorted: readonly number[], at: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
