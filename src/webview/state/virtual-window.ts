/** A list of rows of one height, of which only those near the screen exist. Pixels and row numbers. */
export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly total: number;
}

/** Rows to draw: from `first` up to but without `end`. */
export interface RowRange {
  readonly first: number;
  readonly end: number;
}

/** The rows on the screen and `overscan` more on each side. */
export function visibleRange(viewport: Viewport, overscan: number): RowRange {
  const { scrollTop, height, rowHeight, total } = viewport;
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
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

/** The scroll position that brings a row on the screen with the least movement. */
export function scrollToRow(viewport: Viewport, index: number): number {
  const top = index * viewport.rowHeight;
  const bottom = top + viewport.rowHeight;
  if (top < viewport.scrollTop) return top;
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
