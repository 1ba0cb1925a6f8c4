import type { Translations } from './translate.ts';

/** Puts a message of the engine into another language; what it does not know stays as it is. */
export type Tell = (message: string) => string;

/** Messages as they are recorded. */
export const asRecorded: Tell = (message) => message;

interface Pattern {
  readonly shape: RegExp;
  /** How many letters it has of its own. */
  readonly letters: number;
  /** Longest text between its holes: what lacks it need not be compared. */
  readonly mark: string;
  readonly translated: string;
  /** Numbers of the holes in the order of the text, and whether a name of somebody else's stands in it. */
  readonly holes: readonly { readonly number: number; readonly isName: boolean }[];
}

/**
 * Puts messages into the words of `texts`: its keys are clauses as the engine writes them, with `{0}` for what differs.
 * Messages are made of clauses, `one; another`, and of sentences; what stands in a hole may be a message itself, unless it
 * is in quotes.
 */
export function tellBy(texts: Translations): Tell {
  const patterns = Object.entries(texts)
    .filter(([text]) => text.includes('{0}'))
    // The one that says more goes first.
    .sort(([one], [other]) => saysHowMuch(other) - saysHowMuch(one))
    .map(([text, translated]) => toPattern(text, translated));
  const tell = (message: string, depth: number, least: number): string => {
    if (Object.hasOwn(texts, message)) return texts[message] ?? message;
    if (depth > maxDepth || !/\p{L}{2}/u.test(message)) return message;
    const separator = separators.find((one) => one.test(message));
    // Hardly more than holes: only what cannot be taken apart is one of those.
    const found = match(message, separator === undefined ? least : sureLetters);
    if (found !== null) {
      const { pattern, parts } = found;
      const args = new Map(
        pattern.holes.map(({ number, isName }, at) => {
          const part = parts[at] ?? '';
          return [number, isName ? part : tell(part, depth + 1, 0)] as const;
        }),
      );
      return pattern.translated.replaceAll(
        /\{(\d+)\}/g,
        (hole, number: string) => args.get(Number(number)) ?? hole,
      );
    }
    if (separator !== undefined) {
      const parts = message.split(separator);
      return parts.map((part) => tell(part, depth + 1, least)).join('');
    }
    return message.endsWith('.') ? `${tell(message.slice(0, -1), depth + 1, least)}.` : message;
  };
  const match = (
    message: string,
    least: number,
  ): { pattern: Pattern; parts: readonly string[] } | null => {
    for (const pattern of patterns) {
      if (!message.includes(pattern.mark) || pattern.letters < least) continue;
      const found = pattern.shape.exec(message);
      if (found !== null) return { pattern, parts: found.slice(1) };
    }
    return null;
  };
  return (message) => tell(message, 0, leastLetters);
}

const maxDepth = 8;

/** `{0} or {1}` may stand in any foreign text: it means something only inside a message of ours. */
const leastLetters = 4;

/** So many letters of a message's own make sure that it is that one. */
const sureLetters = 5;

/** Where a message may be taken apart; what separates stays. */
const separators: readonly RegExp[] = [
  /(\n+)/,
  /(?<=[.?!])( )(?=\p{Lu})/u,
  /(; )/,
  /( [·—] )/,
  /( )(?=\()/,
  /(?=: )/,
];

function saysHowMuch(text: string): number {
  return text.replaceAll(/\{\d+\}/g, '').length;
}

function toPattern(text: string, translated: string): Pattern {
  const pieces = text.split(/\{(\d+)\}/);
  const holes: { number: number; isName: boolean }[] = [];
  let shape = '';
  for (const [at, piece] of pieces.entries()) {
    if (at % 2 === 0) {
      shape += piece.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
      continue;
    }
    const quote = quoteAround(pieces[at - 1] ?? '', pieces[at + 1] ?? '');
    holes.push({ number: Number(piece), isName: quote !== '' });
    // A name may have anything in it; else a clause ends where the next one begins.
    shape += quote === '' ? '((?:(?!; )[^])*?)' : `([^${quote}]*)`;
  }
  const words = pieces.filter((_, at) => at % 2 === 0);
  const mark = words.reduce((one, other) => (other.length > one.length ? other : one), '');
  const letters = words.join('').replaceAll(/\P{L}/gu, '').length;
  return { letters, shape: new RegExp(`^${shape}$`), mark, translated, holes };
}

/** The quote that a hole stands in; empty for none. */
function quoteAround(before: string, after: string): string {
  const quote = before.at(-1) ?? '';
  return (quote === '"' || quote === '`') && after.startsWith(quote) ? quote : '';
}
