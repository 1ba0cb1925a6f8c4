import type { LogChunk } from '../../protocol/log-messages.ts';

/** Whole lines of a log, as shown. `from` names the piece. */
export interface LogPiece {
  readonly from: number;
  readonly text: string;
}

/** The end of a log as the webview has it. */
export interface LogState {
  readonly stream: number;
  readonly attempt: number;
  readonly pieces: readonly LogPiece[];
  /** The last line while it is not complete, as it came. */
  readonly rest: string;
  /** True when the log has more than is shown. */
  readonly isCut: boolean;
  readonly isOver: boolean;
  readonly size: number;
}

/** Characters that are kept; what is older is in the full log. */
const maxLength = 200_000;

/** The state after the first chunk of a log. */
export function openLog(chunk: LogChunk): LogState {
  const empty: LogState = {
    stream: chunk.stream,
    attempt: chunk.attempt,
    pieces: [],
    rest: '',
    isCut: false,
    isOver: false,
    size: 0,
  };
  return appendLog(empty, chunk);
}

/** The state after one more chunk of the same log; a skip drops what was before. */
export function appendLog(log: LogState, chunk: LogChunk): LogState {
  const raw = (chunk.isSkip ? '' : log.rest) + chunk.text;
  const end = chunk.isOver ? raw.length : raw.lastIndexOf('\n') + 1;
  const lines = raw.slice(0, end);
  let pieces = chunk.isSkip ? [] : log.pieces;
  if (lines !== '') pieces = [...pieces, { from: chunk.from, text: cleanLines(lines) }];
  let length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  let first = 0;
  while (length > maxLength && first < pieces.length - 1) {
    length -= pieces[first]?.text.length ?? 0;
    first += 1;
  }
  return {
    stream: log.stream,
    attempt: log.attempt,
    pieces: first === 0 ? pieces : pieces.slice(first),
    rest: raw.slice(end),
    isCut: log.isCut || chunk.isSkip || first > 0,
    isOver: chunk.isOver,
    size: chunk.size,
  };
}

/** The text without terminal control: no escape sequences, and of a line that was overwritten only the last state. */
export function cleanLines(raw: string): string {
  const text = raw.replaceAll('\r\n', '\n').replace(escapes, '').replace(controls, '');
  if (!text.includes('\r')) return text;
  return text
    .split('\n')
    .map((line) => line.replace(/\r+$/, '').split('\r').at(-1) ?? '')
    .join('\n');
}

/** CSI and OSC sequences, and two-character escapes. */
const escapes = new RegExp(
  [
    '\\u001b\\[[0-9;:?<=>]*[ -/]*[@-~]',
    '\\u001b\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)',
    '\\u001b[@-Z\\\\-_78=>]',
  ].join('|'),
  'g',
);
/** Other control characters but tab, line feed and carriage return. */
const controls = new RegExp('[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]', 'g');
