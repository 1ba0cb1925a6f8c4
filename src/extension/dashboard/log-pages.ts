import { maxLogChunkBytes, maxMessageBytes } from '../../protocol/limits.ts';
import type { LogPage, LogPageRequest } from '../../protocol/log-messages.ts';
import { jsonBytes } from './fit-text.ts';
import { wholeCharacters, type LogReader } from './log-stream.ts';

/** Reads the piece of a log that is asked for, of whole lines where they fit; null when it cannot be read. */
export async function readLogPage(
  reader: Pick<LogReader, 'range'>,
  file: string,
  { at, kind }: Pick<LogPageRequest, 'at' | 'kind'>,
): Promise<LogPage | null> {
  // Escapes may make the JSON longer than the bytes: then a smaller piece is read.
  for (let bytes = maxLogChunkBytes; ; bytes = Math.floor(bytes / 2)) {
    const page = await readPiece(reader, file, at, kind, bytes);
    if (page === null || jsonBytes(page) <= maxMessageBytes - 200) return page;
  }
}

async function readPiece(
  reader: Pick<LogReader, 'range'>,
  file: string,
  at: number,
  kind: LogPageRequest['kind'],
  maxBytes: number,
): Promise<LogPage | null> {
  const back = kind === 'before' ? maxBytes : kind === 'around' ? Math.floor(maxBytes / 2) : 0;
  const from = Math.max(0, at - back);
  const wanted = kind === 'before' ? at - from : maxBytes;
  const read = await reader.range(file, from, wanted);
  if (!read.ok) return null;
  const { bytes, size } = read.value;
  const here = at - from;
  // What ends where the page does is its last line, not the one before it: a page of nothing would be the end of all.
  const before = kind === 'before' ? here - 1 : here;
  const start = kind === 'after' || from === 0 ? 0 : startOfPiece(bytes, before);
  const end = kind === 'before' ? bytes.length : endOfPiece(bytes, here, from, size);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end));
  return { from: from + start, next: from + end, size, text };
}

/** After the first line end before `here`; without any, where a character starts. */
function startOfPiece(bytes: Uint8Array, here: number): number {
  const lineEnd = bytes.indexOf(0x0a);
  if (lineEnd >= 0 && lineEnd < here) return lineEnd + 1;
  const start = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return Math.max(0, start);
}

/** After the last line end behind `here`, or at the end of the log; without any, where a character ends. */
function endOfPiece(bytes: Uint8Array, here: number, from: number, size: number): number {
  if (from + bytes.length >= size) return bytes.length;
  const lineEnd = bytes.lastIndexOf(0x0a);
  return lineEnd > here ? lineEnd + 1 : wholeCharacters(bytes, bytes.length);
}
