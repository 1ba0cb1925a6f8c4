import { createMaskProgram, pieceBytes, type MaskProgram } from './mask-program.ts';
import { createSecretMask, startOfBeginning, type SecretMask } from './mask-secrets.ts';

/** The program skips less with a secret shorter than this, so that Node's own search is quicker where there is none. */
const longEnoughBytes = 6;

/** So many short secrets are looked for one after the other. */
const fewSecrets = 4;

/**
 * Masks for the output of processes, which may be long: five times as quick as those for texts, with the same results. All of
 * them share one memory, since a process can have only some dozens, so the last secrets asked for are prepared.
 */
export class OutputMasks {
  #words: readonly string[] | null = null;
  #secrets: readonly Buffer[] = [];
  #program: MaskProgram | null = null;

  /** A mask for one stream. */
  create(words: readonly string[]): SecretMask {
    if (words !== this.#words) {
      this.#words = words;
      this.#secrets = words.map((word) => Buffer.from(word)).sort((a, b) => b.length - a.length);
      const shortest = this.#secrets.at(-1)?.length ?? 0;
      this.#program = shortest > 1 ? createMaskProgram(this.#secrets) : null;
    }
    if (this.#program === null) return createSecretMask(words);
    return createOutputMask(this.#program, this.#secrets);
  }
}

function createOutputMask(program: MaskProgram, secrets: readonly Buffer[]): SecretMask {
  const isShort = (secrets.at(-1)?.length ?? 0) < longEnoughBytes && secrets.length <= fewSecrets;
  let kept: Buffer = Buffer.alloc(0);
  let covered = 0;

  const write = (isEnd: boolean, piece: Buffer): Buffer => {
    const { input } = program;
    const length = kept.length + piece.length;
    input.set(kept);
    input.set(piece, kept.length);
    const bytes = input.subarray(0, length);
    const safeEnd = isEnd ? length : startOfBeginning(bytes, secrets);
    const isClean = isShort && covered === 0 && !secrets.some((secret) => bytes.includes(secret));
    const masked = isClean ? null : program.run(length, safeEnd, covered);
    const isWhole = masked === null && kept.length === 0;
    // The program's memory is that of all streams, so nothing of it is given away.
    const result = isWhole
      ? piece.subarray(covered, safeEnd)
      : Buffer.from(masked ?? bytes.subarray(covered, safeEnd));
    covered = isClean ? 0 : program.covered();
    kept = safeEnd === length ? kept.subarray(0, 0) : Buffer.from(bytes.subarray(safeEnd));
    return result;
  };

  return {
    push(chunk) {
      const all = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (all.length <= pieceBytes) return write(false, all);
      const pieces: Buffer[] = [];
      for (let at = 0; at < all.length; at += pieceBytes) {
        pieces.push(write(false, all.subarray(at, at + pieceBytes)));
      }
      return Buffer.concat(pieces);
    },
    end: () => write(true, Buffer.alloc(0)),
  };
}
