import { graphlib, layout } from '@dagrejs/dagre';
import type { Point } from './edge-path.ts';
import type { GraphEdge, GraphNode } from './fold-tasks.ts';

/** Size of every node, in pixels. */
export const nodeSize = { width: 184, height: 46 } as const;

const gapX = 36;
const gapY = 14;

/** Nodes by id with their top left corners, and the points an edge passes on its way; it starts at 0, 0. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly corners: ReadonlyMap<string, Point>;
  /** By `from to`; edges between neighbouring columns pass none. */
  readonly ways: ReadonlyMap<string, readonly Point[]>;
}

/** The key of an edge in `ways`. */
export function wayKey({ from, to }: GraphEdge): string {
  return JSON.stringify([from, to]);
}

/** Up to this many nodes and edges few crossings are looked for; above, that takes longer than a person notices. */
const maxCareful = 400;

/** Places nodes from left to right. */
export function placeNodes(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Placement {
  const ids = new Set(nodes.map((node) => node.id));
  const own = edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  if (nodes.length === 0) return { width: 0, height: 0, corners: new Map(), ways: new Map() };
  return nodes.length + own.length > maxCareful
    ? placeInColumns(nodes, own)
    : placeCarefully(nodes, own);
}

function placeCarefully(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Placement {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: gapY, ranksep: gapX, edgesep: 8 });
  for (const { id } of nodes) graph.setNode(id, { ...nodeSize });
  for (const { from, to } of edges) graph.setEdge(from, to, {});
  layout(graph);
  const corners = new Map<string, Point>();
  let width = 0;
  let height = 0;
  for (const { id } of nodes) {
    const { x, y } = graph.node(id) as Point;
    const corner = { x: x - nodeSize.width / 2, y: y - nodeSize.height / 2 };
    corners.set(id, corner);
    width = Math.max(width, corner.x + nodeSize.width);
    height = Math.max(height, corner.y + nodeSize.height);
  }
  const ways = new Map<string, readonly Point[]>();
  for (const edge of edges) {
    const { points } = graph.edge(edge.from, edge.to) as { readonly points: readonly Point[] };
    // First and last are where the straight line leaves the box; ours leaves at the middle of a side.
    if (points.length > 3) ways.set(wayKey(edge), points.slice(1, -1));
  }
  return { width, height, corners, ways };
}

/** Each node one column right of what it needs, in the order of the file. */
function placeInColumns(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Placement {
  const sources = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { from, to } of edges) sources.get(to)?.push(from);
  const columns = new Map<string, number>();
  const columnOf = (id: string, above: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    if (above.has(id)) return 0;
    const path = new Set(above).add(id);
    const needs = sources.get(id) ?? [];
    const column = needs.reduce((most, need) => Math.max(most, columnOf(need, path) + 1), 0);
    columns.set(id, column);
    return column;
  };
  const filled: number[] = [];
  const corners = new Map<string, Point>();
  for (const { id } of nodes) {
    const column = columnOf(id, new Set());
    const row = filled[column] ?? 0;
    filled[column] = row + 1;
    corners.set(id, {
      x: column * (nodeSize.width + gapX),
      y: row * (nodeSize.height + gapY),
    });
  }
  const rows = Math.max(...Array.from(filled, (count) => count));
  return {
    width: filled.length * (nodeSize.width + gapX) - gapX,
    height: rows * (nodeSize.height + gapY) - gapY,
    corners,
    ways: new Map(),
  };
}
