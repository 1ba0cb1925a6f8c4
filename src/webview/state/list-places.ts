/**
 * A list with headings as keys walk through it: headings and rows one after the other, each with a place of its own.
 * `starts` has for each heading the row that would come next; folded groups share it with the group below them.
 */

/** What stands at a place. */
export type Place =
  | { readonly kind: 'heading'; readonly at: number }
  | { readonly kind: 'row'; readonly index: number };

/** The place of a heading. */
export function placeOfHeading(starts: readonly number[], at: number): number {
  return (starts[at] ?? 0) + at;
}

/** The place of a row. */
export function placeOfRow(starts: readonly number[], index: number): number {
  return index + headingOfRow(starts, index) + 1;
}

/** The heading that a row stands under; -1 where there are none. */
export function headingOfRow(starts: readonly number[], index: number): number {
  return starts.findLastIndex((start) => start <= index);
}

/** What stands at a place of the list. */
export function atPlace(starts: readonly number[], place: number): Place {
  const at = starts.findLastIndex((start, heading) => start + heading <= place);
  return at >= 0 && placeOfHeading(starts, at) === place
    ? { kind: 'heading', at }
    : { kind: 'row', index: place - at - 1 };
}

/** The row before which each group begins; folded groups have none. */
export function startsOf(
  groups: readonly { readonly count: number; readonly isFolded: boolean }[],
): readonly number[] {
  let next = 0;
  return groups.map(({ count, isFolded }) => {
    const start = next;
    if (!isFolded) next += count;
    return start;
  });
}
