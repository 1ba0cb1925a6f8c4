import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { Emitter, type Disposable, type Event } from '../model/disposable.ts';
import { glyphsFor, type Glyphs } from './drawing/glyphs.ts';
import { truncateColored } from './drawing/text-width.ts';
import { createPaint, wantsColors, type Paint } from './drawing/paint.ts';

/** Where text goes. */
export interface Sink {
  write(text: string | Uint8Array): void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly onDidResize: Event<void>;
  /** True once the reader at the other end is gone (`… | head`); further writes are dropped. */
  readonly isClosed: boolean;
  readonly onDidClose: Event<void>;
  /** Resolves when all that was written has left the process, after 2 s at the latest. */
  flush(): Promise<void>;
}

/** What a command sees of the world around it. */
export interface Terminal {
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly stdin: NodeJS.ReadStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly now: () => number;
  readonly paint: Paint;
  readonly glyphs: Glyphs;
  /** A person sits in front of it who can answer. */
  readonly canAsk: boolean;
  /** Lines may be drawn again in place. */
  readonly canRedraw: boolean;
}

/** The terminal of this process. */
export function processTerminal(): Terminal & Disposable {
  const { env } = process;
  const stdout = new StreamSink(1);
  const stderr = new StreamSink(2);
  const isPlain = env['TERM'] === 'dumb' || (env['CI'] ?? '') !== '';
  return {
    stdout,
    stderr,
    // Only a command that reads it pays for it.
    get stdin() {
      return process.stdin;
    },
    environment: env,
    directory: process.cwd(),
    now: () => Date.now(),
    paint: createPaint(wantsColors(env, stdout.isTerminal)),
    glyphs: glyphsFor(env, process.platform),
    canAsk: isatty(0) && stdout.isTerminal && (env['CI'] ?? '') === '',
    canRedraw: stdout.isTerminal && !isPlain,
    dispose() {
      stdout.dispose();
      stderr.dispose();
    },
  };
}

/** Lines cut to the width of a terminal; a pipe or a file gets them whole. */
export function fitLines(lines: readonly string[], terminal: Terminal): readonly string[] {
  const { stdout, glyphs } = terminal;
  if (!stdout.isTerminal) return lines;
  return lines.map((line) => truncateColored(line, stdout.columns, glyphs.ellipsis));
}

class StreamSink implements Sink, Disposable {
  readonly #fd: 1 | 2;
  readonly #isFile: boolean;
  readonly #resized = new Emitter<void>();
  readonly #closed = new Emitter<void>();
  readonly onDidResize = this.#resized.event;
  readonly onDidClose = this.#closed.event;
  #made: NodeJS.WriteStream | null = null;
  #isClosed = false;

  constructor(fd: 1 | 2) {
    this.#fd = fd;
    this.#isFile = isFile(fd);
    if (this.isTerminal) this.#stream.on('resize', this.#resize);
  }

  get isTerminal(): boolean {
    return isatty(this.#fd);
  }

  get columns(): number {
    const { columns } = this.#stream as { readonly columns?: number };
    return columns === undefined || columns < 1 ? 80 : columns;
  }

  get rows(): number {
    const { rows } = this.#stream as { readonly rows?: number };
    return rows === undefined || rows < 1 ? 24 : rows;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  write(text: string | Uint8Array): void {
    if (this.#isClosed) return;
    if (this.#isFile) this.#writeNow(typeof text === 'string' ? Buffer.from(text) : text);
    else this.#stream.write(text);
  }

  async flush(): Promise<void> {
    const stream = this.#made;
    if (this.#isClosed || stream === null || stream.writableLength === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 2000);
      stream.write('', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  dispose(): void {
    this.#made?.off('resize', this.#resize);
    this.#resized.dispose();
    this.#closed.dispose();
  }

  /** Made with the first use: a short run prints little, and nothing to stderr, and a stream takes a millisecond to make. */
  get #stream(): NodeJS.WriteStream {
    if (this.#made === null) {
      this.#made = this.#fd === 1 ? process.stdout : process.stderr;
      this.#made.on('error', () => this.#close());
    }
    return this.#made;
  }

  readonly #resize = (): void => this.#resized.fire();

  #writeNow(bytes: Uint8Array): void {
    try {
      for (let rest = bytes; rest.length > 0;) rest = rest.subarray(writeSync(this.#fd, rest));
    } catch {
      // A full disk: the same as a reader that is gone.
      this.#close();
    }
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closed.fire();
  }
}

/**
 * Whether output goes to a file, or to nowhere: Node writes at once there, as is done here without a stream. A pipe
 * whose reader is slow would stop everything else that way.
 */
function isFile(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    if (stat.isFile()) return true;
    return process.platform !== 'win32' && stat.isCharacterDevice() && !isatty(fd);
  } catch {
    return false;
  }
}
