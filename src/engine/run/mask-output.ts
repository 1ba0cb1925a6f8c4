import { hidingByProgram } from './mask-program.ts';
import { createSecretMask, type HideSecrets, type SecretMask } from './mask-secrets.ts';

/**
 * Masks for the output of processes, which may be long: several times as quick as those for texts, with the same results.
 * All of them share one memory, since a process can have only some dozens, so the last secrets asked for are prepared.
 */
export class OutputMasks {
  #words: readonly string[] | null = null;
  #hide: HideSecrets | undefined = undefined;

  /** A mask for one stream. */
  create(words: readonly string[]): SecretMask {
    if (words !== this.#words) this.#hide = hidingByProgram(words) ?? undefined;
    this.#words = words;
    return createSecretMask(words, this.#hide);
  }
}
