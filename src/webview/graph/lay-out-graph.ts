import { pathThrough, type Point } from './edge-path.ts';
import type { GraphEdge, TaskGraph } from './fold-tasks.ts';
import { nodeSize, placeNodes, wayKey } from './place-nodes.ts';

/** Where a node stands: its top left corner, in pixels at full size. */
export interface PlacedNode extends Point {
  readonly id: string;
}

/** An edge as the path of an SVG element, with the point its head is at. */
export interface PlacedEdge extends GraphEdge {
  readonly path: string;
  readonly end: Point;
}

/** A graph with places, from left to right. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  /** In the order of the file. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** Where the part that runs at the end begins; null where there is none, or nothing else. */
  readonly finallyX: number | null;
}

const margin = 16;
/** Between the tasks and those that run at the end: the line that parts them stands in its middle. */
const finallyGap = 64;
/** Above the nodes, for the word at that line. */
const labelHeight = 16;

/** Lays the graph out. Costs up to a few hundred milliseconds: once for each shape, not for each state. */
export function layOutGraph({ nodes, edges }: TaskGraph): GraphLayout {
  const main = placeNodes(
    nodes.filter((node) => !node.isFinally),
    edges,
  );
  const last = placeNodes(
    nodes.filter((node) => node.isFinally),
    edges,
  );
  const isParted = main.corners.size > 0 && last.corners.size > 0;
  const top = margin + (isParted ? labelHeight : 0);
  const height = Math.max(main.height, last.height);
  const lastX = isParted ? main.width + finallyGap : 0;
  const shift = (part: typeof main, x: number): ((point: Point) => Point) => {
    const y = top + (height - part.height) / 2;
    return (point) => ({ x: point.x + margin + x, y: point.y + y });
  };
  const shiftMain = shift(main, 0);
  const shiftLast = shift(last, lastX);
  const corners = new Map<string, Point>();
  for (const [id, corner] of main.corners) corners.set(id, shiftMain(corner));
  for (const [id, corner] of last.corners) corners.set(id, shiftLast(corner));
  const placed = edges.flatMap((edge): readonly PlacedEdge[] => {
    const from = corners.get(edge.from);
    const to = corners.get(edge.to);
    if (from === undefined || to === undefined) return [];
    const key = wayKey(edge);
    const way = main.ways.get(key)?.map(shiftMain) ?? last.ways.get(key)?.map(shiftLast) ?? [];
    const end = { x: to.x - 1, y: to.y + nodeSize.height / 2 };
    const start = { x: from.x + nodeSize.width, y: from.y + nodeSize.height / 2 };
    return [{ ...edge, path: pathThrough([start, ...way, end]), end }];
  });
  return {
    width: lastX + (last.corners.size > 0 ? last.width : main.width) + 2 * margin,
    height: top + height + margin,
    nodes: nodes.flatMap(({ id }) => {
      const corner = corners.get(id);
      return corner === undefined ? [] : [{ id, ...corner }];
    }),
    edges: placed,
    finallyX: isParted ? margin + main.width + finallyGap / 2 : null,
  };
}
