import type { Translations } from '../../model/translate.ts';
import { languageOf, type PageWords } from './language.ts';

/** Where the host writes the texts of another language than English. */
const textsId = 'texts';

/** The language of this page: it has one for its life, since the editor starts anew in another one. */
export const { t, plural, locale, point } = languageOf(readPage(), browserLocale());

function readPage(): PageWords {
  // Outside of a page, in tests, there is none.
  if (typeof document === 'undefined') return { id: 'en', texts: {} };
  const id = document.documentElement.lang === '' ? 'en' : document.documentElement.lang;
  const json = document.getElementById(textsId)?.textContent ?? '{}';
  return { id, texts: JSON.parse(json) as Translations };
}

function browserLocale(): string {
  return typeof navigator === 'undefined' ? 'en' : navigator.language;
}
