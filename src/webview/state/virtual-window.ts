/**
 * A list of rows of one height, some of them below a heading, of which only those near the screen exist. Pixels and row
 * numbers.
 */
export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly total: number;
  /** For each heading the row that comes next, in order; none where there are no headings. */
  readonly starts?: readonly number[];
}

/** Height of a heading in pixels; the style sheet uses the same. */
export const headingHeight = 30;

/** Rows to draw: from `first` up to but without `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** Where a row begins. */
export function topOfRow(
  { rowHeight, starts = [] }: Pick<Viewport, 'rowHeight' | 'starts'>,
  index: number,
): number {
  return index * rowHeight + countUpTo(starts, index) * headingHeight;
}

/** The row at a height, or the one after the heading there. */
export function rowAtHeight(
  viewport: Pick<Viewport, 'rowHeight' | 'starts'>,
  height: number,
): number {
  const { rowHeight, starts = [] } = viewport;
  // The last group that begins above that height.
  const at = starts.findLastIndex((_, heading) => topOfHeading(viewport, heading) <= height);
  if (at < 0) return Math.floor(Math.max(0, height) / rowHeight);
  const from = topOfHeading(viewport, at) + headingHeight;
  const index = (starts[at] ?? 0) + Math.floor(Math.max(0, height - from) / rowHeight);
  return Math.min(index, starts[at + 1] ?? index);
}

/** Where a heading begins. */
export function topOfHeading(
  { rowHeight, starts = [] }: Pick<Viewport, 'rowHeight' | 'starts'>,
  at: number,
): number {
  return (starts[at] ?? 0) * rowHeight + at * headingHeight;
}

/** Height of all rows with their headings. */
export function totalHeight(viewport: Pick<Viewport, 'rowHeight' | 'starts' | 'total'>): number {
  return viewport.total * viewport.rowHeight + (viewport.starts?.length ?? 0) * headingHeight;
}

/** How many of the sorted numbers are not above `value`. */
function countUpTo(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows on the screen and `overscan` more on each side. */
export function visibleRange(viewport: Viewport, overscan: number): RowRange {
  const { scrollTop, height, rowHeight, total } = viewport;
  const top = rowAtHeight(viewport, scrollTop);
  const shown = Math.ceil(height / rowHeight) + 1;
  const first = Math.max(0, Math.min(top - overscan, total));
  return { first, end: Math.max(first, Math.min(total, top + shown + overscan)) };
}

/**
 * The window to ask the host for, so that the range is inside of it and stays there for a while; null when the
 * present window (`offset`, `length`) has it already.
 */
export function windowFor(
  range: RowRange,
  present: { readonly offset: number; readonly length: number },
  total: number,
  limit: number,
): { readonly offset: number; readonly limit: number } | null {
  const end = Math.min(range.end, total);
  if (range.first >= present.offset && end <= present.offset + present.length) return null;
  const middle = Math.floor((range.first + end) / 2);
  const offset = Math.max(0, Math.min(middle - Math.floor(limit / 2), total - limit));
  return { offset, limit };
}

/** The scroll position that brings a heading on the screen with the least movement. */
export function scrollToHeading(viewport: Viewport, at: number): number {
  const top = topOfHeading(viewport, at);
  const lowest = top + headingHeight - viewport.height;
  return Math.max(lowest, Math.min(top, viewport.scrollTop));
}

/** The scroll position that brings a row on the screen with the least movement. */
export function scrollToRow(viewport: Viewport, index: number): number {
  const top = topOfRow(viewport, index);
  const bottom = top + viewport.rowHeight;
  // The first of a group comes with its heading.
  const isFirst = viewport.starts?.includes(index) === true;
  const wanted = isFirst ? top - headingHeight : top;
  if (wanted < viewport.scrollTop) return wanted;
  if (bottom > viewport.scrollTop + viewport.height) return bottom - viewport.height;
  return viewport.scrollTop;
}

/** The row that a key moves to from `index`; null for a key that moves nothing. */
export function moveByKey(key: string, index: number, viewport: Viewport): number | null {
  const page = Math.max(1, Math.floor(viewport.height / viewport.rowHeight) - 1);
  const last = viewport.total - 1;
  if (last < 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, Math.max(0, index) + page);
    case 'PageUp':
      return Math.max(0, index - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
