import type { PlacedNode } from './lay-out-graph.ts';

/** The node that a key leads to from another one, or null: arrows go by place, Home and End by order. */
export function stepToNode(nodes: readonly PlacedNode[], from: string, key: string): string | null {
  if (key === 'Home') return nodes[0]?.id ?? null;
  if (key === 'End') return nodes.at(-1)?.id ?? null;
  const here = nodes.find((node) => node.id === from);
  if (here === undefined) return null;
  let best: { readonly id: string; readonly cost: number } | null = null;
  for (const node of nodes) {
    const cost = costOf(node.x - here.x, node.y - here.y, key);
    if (cost !== null && (best === null || cost < best.cost)) best = { id: node.id, cost };
  }
  return best?.id ?? null;
}

/** How far a node is off in the direction of the key; null where it does not lie there. */
function costOf(x: number, y: number, key: string): number | null {
  switch (key) {
    case 'ArrowRight':
      return x > 1 ? x + 0.3 * Math.abs(y) : null;
    case 'ArrowLeft':
      return x < -1 ? -x + 0.3 * Math.abs(y) : null;
    case 'ArrowDown':
      return y > 1 ? y + 3 * Math.abs(x) : null;
    case 'ArrowUp':
      return y < -1 ? -y + 3 * Math.abs(x) : null;
    default:
      return null;
  }
}
