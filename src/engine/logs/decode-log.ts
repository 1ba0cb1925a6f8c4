/** Text from pieces of a log. */
import { StringDecoder } from 'node:string_decoder';

/** Decodes UTF-8 piece by piece: a character that is cut by a border comes with the next piece. */
export class LogDecoder {
  readonly #decoder = new StringDecoder('utf8');

  /** The text of one more piece. */
  push(bytes: Uint8Array): string {
    return this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  /** What is left when no piece follows. */
  end(): string {
    return this.#decoder.end();
  }
}
