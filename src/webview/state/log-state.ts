import type { LogChunk, LogPage } from '../../protocol/log-messages.ts';
import { parseLine, plainStyle, textOf, type AnsiStyle, type LogRun } from '../log/ansi.ts';

/** One line of a log; `at` is its first byte. */
export interface LogLine {
  readonly at: number;
  readonly runs: readonly LogRun[];
  readonly text: string;
}

/** Whole lines of a log: the bytes from `from` to `next`. */
export interface LogPiece {
  readonly from: number;
  readonly next: number;
  readonly lines: readonly LogLine[];
  /** Characters, as they came. */
  readonly length: number;
  /** The style that the last line leaves. */
  readonly end: AnsiStyle;
}

/** The part of a log that the webview has; its pieces follow each other without a gap. */
export interface LogState {
  readonly stream: number;
  readonly attempt: number;
  readonly pieces: readonly LogPiece[];
  /** The last line while it is not complete, as it came, and its first byte. */
  readonly rest: string;
  readonly restFrom: number;
  /** True when new output is added; false while an earlier part is looked at. */
  readonly isAttached: boolean;
  /** True when nothing is added to the log any more. */
  readonly isOver: boolean;
  readonly size: number;
}

/** Characters that are kept; what is before or after is read again when it is looked at. */
const maxLength = 200_000;

/** The state after the first chunk of a log. */
export function openLog(chunk: LogChunk): LogState {
  const empty: LogState = {
    stream: chunk.stream,
    attempt: chunk.attempt,
    pieces: [],
    rest: '',
    restFrom: chunk.from,
    isAttached: true,
    isOver: false,
    size: 0,
  };
  return appendLog(empty, chunk);
}

/** The state after one more chunk of the same log; a skip drops what was before. */
export function appendLog(log: LogState, chunk: LogChunk): LogState {
  const raw = (chunk.isSkip ? '' : log.rest) + chunk.text;
  const from = chunk.isSkip || log.rest === '' ? chunk.from : log.restFrom;
  const end = chunk.isOver ? raw.length : raw.lastIndexOf('\n') + 1;
  const lines = raw.slice(0, end);
  const rest = raw.slice(end);
  const restFrom = rest === '' ? chunk.next : chunk.next - utf8Length(rest);
  let pieces = chunk.isSkip ? [] : log.pieces;
  if (lines !== '') pieces = [...pieces, toPiece(lines, from, restFrom, styleAfter(pieces))];
  return {
    stream: log.stream,
    attempt: log.attempt,
    pieces: dropFirst(pieces),
    rest,
    restFrom,
    isAttached: true,
    isOver: chunk.isOver,
    size: chunk.size,
  };
}

/** The state with what comes before the first piece; what is then too much is dropped from the end. */
export function prependPage(log: LogState, page: LogPage): LogState {
  const first = log.pieces[0]?.from ?? log.restFrom;
  if (page.next !== first || page.text === '') return log;
  const pieces = [toPiece(page.text, page.from, page.next, plainStyle), ...log.pieces];
  const kept = dropLast(pieces);
  if (kept.length === pieces.length) return { ...log, pieces };
  return detach({ ...log, pieces: kept });
}

/** The state with what comes after the last piece, while it is not attached; what is too much is dropped from the start. */
export function appendPage(log: LogState, page: LogPage): LogState {
  if (log.isAttached || page.from !== endOf(log) || page.text === '') return log;
  const piece = toPiece(page.text, page.from, page.next, styleAfter(log.pieces));
  return detach({ ...log, size: page.size, pieces: dropFirst([...log.pieces, piece]) });
}

/** The state that shows another part of the log. */
export function showPage(log: LogState, page: LogPage): LogState {
  const piece = toPiece(page.text, page.from, page.next, plainStyle);
  return detach({ ...log, size: page.size, pieces: [piece] });
}

/** The state that goes on with a new stream where the shown part ends. */
export function attachLog(log: LogState, chunk: LogChunk): LogState {
  const { stream, attempt } = chunk;
  return appendLog({ ...log, stream, attempt, rest: '', restFrom: chunk.from }, chunk);
}

/** The byte after the last one that is shown. */
export function endOf(log: LogState): number {
  return log.pieces.at(-1)?.next ?? log.restFrom;
}

/** The first byte that is shown. */
export function startOf(log: LogState): number {
  return log.pieces[0]?.from ?? log.restFrom;
}

/** Whether a byte of the log is part of what is shown. */
export function hasByte(log: LogState, at: number): boolean {
  const end = log.isAttached ? Math.max(log.size, endOf(log)) : endOf(log);
  return at >= startOf(log) && (at < end || (log.isAttached && at === end));
}

/** The line that is not complete yet, as it is shown. */
export function restLine(log: LogState): LogLine | null {
  if (log.rest === '') return null;
  const { runs } = parseLine(log.rest, styleAfter(log.pieces));
  return { at: log.restFrom, runs, text: textOf(runs) };
}

function detach(log: LogState): LogState {
  const end = endOf(log);
  // A log that is over has no more to come: its end is the end.
  const isAttached = log.isOver && end >= log.size;
  return { ...log, rest: '', restFrom: end, isAttached };
}

function toPiece(text: string, from: number, next: number, style: AnsiStyle): LogPiece {
  const lines: LogLine[] = [];
  let now = style;
  let at = from;
  let start = 0;
  while (start < text.length) {
    const lineEnd = text.indexOf('\n', start);
    const raw = lineEnd < 0 ? text.slice(start) : text.slice(start, lineEnd);
    const { runs, end } = parseLine(raw, now);
    lines.push({ at, runs, text: textOf(runs) });
    now = end;
    at += utf8Length(raw) + 1;
    start += raw.length + 1;
  }
  return { from, next, lines, length: text.length, end: now };
}

function styleAfter(pieces: readonly LogPiece[]): AnsiStyle {
  return pieces.at(-1)?.end ?? plainStyle;
}

function dropFirst(pieces: readonly LogPiece[]): readonly LogPiece[] {
  let length = totalLength(pieces);
  let first = 0;
  while (length > maxLength && first < pieces.length - 1) {
    length -= pieces[first]?.length ?? 0;
    first += 1;
  }
  return first === 0 ? pieces : pieces.slice(first);
}

function dropLast(pieces: readonly LogPiece[]): readonly LogPiece[] {
  let length = totalLength(pieces);
  let count = pieces.length;
  while (length > maxLength && count > 1) {
    count -= 1;
    length -= pieces[count]?.length ?? 0;
  }
  return count === pieces.length ? pieces : pieces.slice(0, count);
}

function totalLength(pieces: readonly LogPiece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 0);
}

/** Bytes that a text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    // Half of a pair is two of its four bytes.
    bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
