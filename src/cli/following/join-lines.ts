/** Gives whole lines of a byte stream, as they came and with their ends; what is left comes with `end`. */
export class LineJoiner {
  readonly #onLines: (text: string) => void;
  readonly #decoder = new TextDecoder();
  #open = '';

  constructor(onLines: (text: string) => void) {
    this.#onLines = onLines;
  }

  /** Takes a piece; hands out the lines that it completes, in one text. */
  add(bytes: Uint8Array): void {
    const text = this.#open + this.#decoder.decode(bytes, { stream: true });
    const end = text.lastIndexOf('\n') + 1;
    this.#open = text.slice(end);
    if (end > 0) this.#onLines(text.slice(0, end));
  }

  /** Hands out a last line that has no end. */
  end(): void {
    const rest = this.#open + this.#decoder.decode();
    this.#open = '';
    if (rest !== '') this.#onLines(`${rest}\n`);
  }
}
