import { inOwnTurns } from './in-own-turns.ts';
import type * as LanguageEntry from './language-entry.ts';

/** The functions of `language-entry.ts`. */
export type LanguageFunctions = typeof LanguageEntry;

/** Loads what reads workflow files when it is needed for the first time. */
export class Language {
  #loaded: Promise<LanguageFunctions> | null = null;

  /** The functions; loading takes some milliseconds once. */
  load(): Promise<LanguageFunctions> {
    // esbuild turns this import into one of the other bundle, compiled already.
    this.#loaded ??= inOwnTurns(() => import('./language-entry.ts'));
    return this.#loaded;
  }
}
