import { toDisposable, type Disposable } from '../../model/disposable.ts';
import type { Sink } from '../terminal.ts';
import { textWidth } from './text-width.ts';

/** Redraws at most this often. */
const frameMs = 100;

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
// Terminals that know these draw the frame in one go; others ignore them.
const beginFrame = '\u001b[?2026h';
const endFrame = '\u001b[?2026l';

/** Draws lines in place at the bottom of a terminal, ten times a second, until it is disposed. */
export class LiveScreen implements Disposable {
  readonly #sink: Sink;
  readonly #render: (frame: number) => readonly string[];
  readonly #owned: readonly Disposable[];
  #drawn: readonly string[] = [];
  #drawnText = '';
  #frame = 0;
  #isDisposed = false;

  /** `render` returns lines that fit into the terminal as it is at that moment. */
  constructor(sink: Sink, render: (frame: number) => readonly string[]) {
    this.#sink = sink;
    this.#render = render;
    const timer = setInterval(() => {
      this.#frame += 1;
      this.draw();
    }, frameMs);
    const restore = (): void => sink.write(showCursor);
    process.on('exit', restore);
    this.#owned = [
      toDisposable(() => {
        clearInterval(timer);
      }),
      toDisposable(() => process.off('exit', restore)),
      sink.onDidResize(() => {
        this.#drawnText = '';
        this.draw();
      }),
    ];
    sink.write(hideCursor);
    this.draw();
  }

  /** Draws a frame now; a frame that looks like the last one is not written. */
  draw(): void {
    if (this.#isDisposed) return;
    const lines = this.#render(this.#frame);
    const text = lines.map((line) => `${line}\u001b[K\n`).join('');
    if (text === this.#drawnText) return;
    this.#sink.write(`${beginFrame}${this.#backToTop()}${text}\u001b[J${endFrame}`);
    this.#drawn = lines;
    this.#drawnText = text;
  }

  /** Takes the drawn lines away and stops; what is written next stands in their place. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const item of this.#owned) item.dispose();
    this.#sink.write(`${this.#backToTop()}\u001b[J${showCursor}`);
  }

  /** A terminal that got narrower has wrapped the old lines: they are as many rows as they take now. */
  #backToTop(): string {
    const { columns, rows } = this.#sink;
    let height = 0;
    for (const line of this.#drawn) height += Math.max(1, Math.ceil(textWidth(line) / columns));
    const up = Math.min(height, rows - 1);
    return up === 0 ? '\r' : `\r\u001b[${String(up)}A`;
  }
}
