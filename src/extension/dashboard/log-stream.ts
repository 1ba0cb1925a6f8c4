import type { Result } from '../../model/result.ts';
import { maxLogChunkBytes, maxMessageBytes } from '../../protocol/limits.ts';
import type { LogChunk } from '../../protocol/log-messages.ts';
import { jsonBytes } from './fit-text.ts';

/** A piece of a log; `size` is that of the whole. */
interface ReadBytes {
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** How logs are read; bytes and offsets. */
export interface LogReader {
  /** Where the last `maxBytes` start, from a whole line on where there is one. */
  readonly tail: (
    path: string,
    maxBytes: number,
  ) => Promise<Result<{ readonly from: number; readonly size: number }>>;
  readonly range: (path: string, from: number, maxBytes: number) => Promise<Result<ReadBytes>>;
}

/** One log that the webview looks at. */
export interface LogStreamOptions {
  readonly stream: number;
  readonly attempt: number;
  readonly path: string;
  readonly reader: LogReader;
  /** True when nothing is written to the log any more. */
  readonly isOver: () => boolean;
}

/** Behind by more than this, the stream goes on near the end: a person reads the end, not the way there. */
const maxLagBytes = 8 * maxLogChunkBytes;

/** Reads one log in chunks that fit into a message, from its end on; one chunk is under way at a time. */
export class LogStream {
  readonly stream: number;
  readonly attempt: number;
  readonly #options: LogStreamOptions;
  #next = 0;
  #isAwaitingAck = false;
  #isReading = false;
  #hasEnded = false;

  constructor(options: LogStreamOptions) {
    this.stream = options.stream;
    this.attempt = options.attempt;
    this.#options = options;
  }

  /** True when the whole log was sent and nothing is written to it any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** True when nothing is written to it any more. */
  get isOver(): boolean {
    return this.#options.isOver();
  }

  /** The webview has shown everything before `next`. */
  acknowledge(next: number): void {
    if (next >= this.#next) this.#isAwaitingAck = false;
  }

  /** The end of the log, or what comes after `from`, as the first chunk; also when there is nothing to read yet. */
  async open(from: number | null = null, maxBytes = maxLogChunkBytes): Promise<LogChunk> {
    this.#isReading = true;
    try {
      return await this.#readFirst(from, maxBytes);
    } finally {
      this.#isReading = false;
    }
  }

  async #readFirst(from: number | null, maxBytes: number): Promise<LogChunk> {
    const isOver = this.#options.isOver();
    let read = await this.#range(from ?? 0, maxBytes);
    // Most logs are short, and each read of a file waits some times for a thread.
    const isWhole = from !== null || (read?.size ?? 0) <= maxBytes;
    const start = isWhole ? (from ?? 0) : await this.#tailStart(maxBytes);
    if (!isWhole) read = await this.#range(start, maxBytes);
    this.#next = start;
    const chunk = this.#take(read, isOver, from === null && start > 0, maxBytes);
    if (chunk !== null) return chunk;
    this.#hasEnded = isOver;
    return this.#chunk(start, start, '', false, isOver);
  }

  /** The next chunk; null when there is nothing new, or the last one is not read or not acknowledged yet. */
  async pull(maxBytes = maxLogChunkBytes): Promise<LogChunk | null> {
    if (this.#isAwaitingAck || this.#hasEnded || this.#isReading) return null;
    this.#isReading = true;
    try {
      return await this.#readOn(maxBytes);
    } finally {
      this.#isReading = false;
    }
  }

  async #readOn(maxBytes: number): Promise<LogChunk | null> {
    // Asked before the read: what was written before the end is in the file by now.
    const isOver = this.#options.isOver();
    let read = await this.#range(this.#next, maxBytes);
    const size = read?.size ?? this.#next;
    let isSkip = false;
    if (size < this.#next) {
      this.#next = 0;
      isSkip = true;
    } else if (size - this.#next > maxLagBytes) {
      this.#next = await this.#tailStart(maxBytes);
      isSkip = true;
    }
    if (isSkip) read = await this.#range(this.#next, maxBytes);
    const chunk = this.#take(read, isOver, isSkip, maxBytes);
    if (chunk !== null) return chunk;
    if (!isOver) return null;
    this.#hasEnded = true;
    return this.#chunk(this.#next, this.#next, '', false, true);
  }

  async #tailStart(maxBytes: number): Promise<number> {
    const tail = await this.#options.reader.tail(this.#options.path, maxBytes);
    return tail.ok ? tail.value.from : 0;
  }

  /** Null when it cannot be read. */
  async #range(from: number, maxBytes: number): Promise<ReadBytes | null> {
    const read = await this.#options.reader.range(this.#options.path, from, maxBytes);
    return read.ok ? read.value : null;
  }

  /** What was read from `#next` on, as a chunk; null when that is nothing. */
  #take(
    read: ReadBytes | null,
    isOver: boolean,
    isSkip: boolean,
    maxBytes: number,
  ): LogChunk | null {
    if (read === null || read.bytes.length === 0) return null;
    const from = this.#next;
    const { bytes, size } = read;
    const isLast = isOver && from + bytes.length >= size;
    // Escapes may make the JSON longer than the bytes.
    const share = maxBytes / maxLogChunkBytes;
    const { text, length } = decodeFitting(bytes, isLast, (maxMessageBytes - 500) * share);
    if (length === 0) return null;
    this.#next = from + length;
    this.#isAwaitingAck = true;
    this.#hasEnded = isLast && this.#next >= size;
    return this.#chunk(from, size, text, isSkip, this.#hasEnded);
  }

  #chunk(from: number, size: number, text: string, isSkip: boolean, isOver: boolean): LogChunk {
    const { stream, attempt } = this;
    return { stream, attempt, from, next: this.#next, size, text, isSkip, isOver };
  }
}

/**
 * The longest beginning of `bytes` that is whole UTF-8 characters and whose JSON fits into a message; `length` says how
 * many bytes that is. With `isEnd` a torn last character is decoded too, as a replacement.
 */
export function decodeFitting(
  bytes: Uint8Array,
  isEnd: boolean,
  maxJsonBytes: number = maxMessageBytes - 500,
): { readonly text: string; readonly length: number } {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let end = isEnd ? bytes.length : wholeCharacters(bytes, bytes.length);
  let text = decoder.decode(bytes.subarray(0, end));
  while (jsonBytes(text) > maxJsonBytes) {
    end = wholeCharacters(bytes, Math.floor(end / 2));
    text = decoder.decode(bytes.subarray(0, end));
  }
  return { text, length: end };
}

/** `end`, moved back before a UTF-8 character that does not end there. */
export function wholeCharacters(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= Math.min(3, end); back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? end - back : end;
    }
  }
  return end;
}
