import { suggestWord } from '../../engine/workflow/suggest-word.ts';

/** `; did you mean "x"?`, or nothing when no known word is near. The only known word that begins so is near, too. */
export function didYouMean(given: string, known: readonly string[], quote = '"'): string {
  const near = suggestWord(given, known) ?? onlyLonger(given, known);
  return near === null ? '' : `; did you mean ${quote}${near}${quote}?`;
}

function onlyLonger(given: string, known: readonly string[]): string | null {
  const longer = given.length < 2 ? [] : known.filter((word) => word.startsWith(given));
  return longer.length === 1 ? (longer[0] ?? null) : null;
}
