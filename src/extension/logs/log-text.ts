import { inEnglish, type Translate } from '../../model/translate.ts';

/** At most this much of a log is shown; the file has the rest. */
export const maxLogBytes = 5_000_000;

/** The end of a log as readable text, fed with bytes as they come. */
export class LogText {
  readonly #decoder = new TextDecoder();
  readonly #maxLength: number;
  #text = '';
  #isCut: boolean;

  /** `isCut`: the first bytes are not the log's first. */
  constructor(options: { readonly isCut: boolean; readonly maxLength?: number }) {
    this.#isCut = options.isCut;
    this.#maxLength = options.maxLength ?? maxLogBytes;
  }

  /** How long the text is, to decide how often it is worth showing anew. */
  get length(): number {
    return this.#text.length;
  }

  /** Adds what was written. */
  append(bytes: Uint8Array): void {
    this.#text += this.#decoder.decode(bytes, { stream: true });
    // Cutting at every chunk would copy the whole text every time.
    if (this.#text.length < this.#maxLength * 1.2) return;
    const from = this.#text.length - this.#maxLength;
    const lineEnd = this.#text.indexOf('\n', from);
    this.#text = this.#text.slice(lineEnd === -1 ? from : lineEnd + 1);
    this.#isCut = true;
  }

  /** The text for a person: without the codes that only a terminal understands, and with what is missing said. */
  toString(t: Translate = inEnglish): string {
    const start = this.#isCut
      ? `${t('This is the end of the log. "Open Log File" shows all of it.')}\n\n`
      : '';
    return start + readable(this.#text);
  }
}

/** Colours, cursor movements and titles removed; of a line that was written over, what was left of it. */
export function readable(text: string): string {
  return text
    .replaceAll(terminalCodes, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/^.*\r(?!$)/gm, '')
    .replaceAll(controls, '');
}

// CSI sequences, OSC sequences (ended by BEL or ST) and two-byte escapes.
const terminalCodes = new RegExp(
  String.raw`\u001b(?:\[[0-9;:?<=>]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])`,
  'g',
);
// What is left of C0, without tab and newline.
const controls = new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f\u007f]`, 'g');
