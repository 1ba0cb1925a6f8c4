/** A place in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line through the points that is level at each of them, as the path of an SVG element. */
export function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${at(first)}`;
  let last = first;
  for (const point of rest) {
    const middle = (last.x + point.x) / 2;
    path +=
      last.y === point.y
        ? `L${at(point)}`
        : `C${at({ x: middle, y: last.y })} ${at({ x: middle, y: point.y })} ${at(point)}`;
    last = point;
  }
  return path;
}

function at({ x, y }: Point): string {
  return `${String(Math.round(x * 10) / 10)},${String(Math.round(y * 10) / 10)}`;
}
