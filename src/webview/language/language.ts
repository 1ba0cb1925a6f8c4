import {
  inEnglish,
  translateBy,
  type Translate,
  type Translations,
} from '../../model/translate.ts';

/** The language that a page speaks. */
export interface Language {
  readonly t: Translate;
  /**
   * The text for a number of things, which is the first of its arguments: `one` where the language counts it as one,
   * else `many`.
   */
  readonly plural: (amount: number, one: string, many: string) => string;
  /** For dates and numbers; undefined: the browser's own, which says more than the language alone. */
  readonly locale: string | undefined;
  /** What stands before the decimals. */
  readonly point: string;
}

/** What the host wrote into the page. */
export interface PageWords {
  /** The editor's display language, such as `de` or `pt-br`. */
  readonly id: string;
  /** Empty for English. */
  readonly texts: Translations;
}

/** The language of a page. `browser` is the locale of the browser. */
export function languageOf({ id, texts }: PageWords, browser: string): Language {
  const isEnglish = Object.keys(texts).length === 0;
  const t = isEnglish ? inEnglish : translateBy(texts);
  const name = isEnglish ? 'en' : id;
  const rules = new Intl.PluralRules(name);
  const point = isEnglish ? '.' : pointOf(name);
  return {
    t,
    plural: (amount, one, many) => t(rules.select(amount) === 'one' ? one : many, amount),
    locale: mainPart(browser) === mainPart(id) ? undefined : id,
    point,
  };
}

function mainPart(locale: string): string {
  return (locale.split('-')[0] ?? '').toLowerCase();
}

function pointOf(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  return parts.find(({ type }) => type === 'decimal')?.value ?? '.';
}
