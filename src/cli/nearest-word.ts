/**
 * The known word that was probably meant, or null when none is near: at most one edit for short words, a third
 * of the length for longer ones. A known word that starts with what was given counts as near.
 */
export function nearestWord(given: string, known: readonly string[]): string | null {
  const word = given.toLowerCase();
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(word, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  if (best !== null) return best;
  const longer = word.length < 2 ? [] : known.filter((item) => item.toLowerCase().startsWith(word));
  return longer.length === 1 ? (longer[0] ?? null) : null;
}

/** `; did you mean "x"?`, or nothing when no known word is near. */
export function didYouMean(given: string, known: readonly string[], quote = '"'): string {
  const near = nearestWord(given, known);
  return near === null ? '' : `; did you mean ${quote}${near}${quote}?`;
}

/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && isSwap) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
