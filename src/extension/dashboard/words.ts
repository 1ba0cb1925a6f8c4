import { asRecorded, type Tell } from '../../model/tell-message.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** How a dashboard speaks. */
export interface Words {
  /** For texts of the extension. */
  readonly t: Translate;
  /** For messages that were recorded. */
  readonly tell: Tell;
}

/** The words as they are written. */
export const inEnglishWords: Words = { t: inEnglish, tell: asRecorded };
