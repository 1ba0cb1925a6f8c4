import type { Span } from '../reporter.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from '../yaml/yaml-node.ts';

/** A key or value of a text, and how one gets there. */
export interface FoundNode {
  readonly scalar: YamlScalar;
  readonly isKey: boolean;
  /** Keys from the top; the last one is the key itself, or the one the value belongs to. */
  readonly path: readonly string[];
}

/** The scalar at an offset. */
export function findNode(root: YamlMap, offset: number): FoundNode | null {
  let node: YamlNode = root;
  const path: string[] = [];
  for (;;) {
    if (node.kind === 'scalar') {
      return contains(node, offset) ? { scalar: node, isKey: false, path } : null;
    }
    if (node.kind === 'list') {
      const item: YamlNode | undefined = node.items.find((one) => contains(one, offset));
      if (item === undefined) return null;
      node = item;
      continue;
    }
    const key = node.entries.find((entry) => contains(entry.key, offset));
    if (key !== undefined) {
      return { scalar: key.key, isKey: true, path: [...path, key.key.text] };
    }
    const entry: YamlEntry | undefined = node.entries.find((one) => contains(one.value, offset));
    if (entry === undefined) return null;
    path.push(entry.key.text);
    node = entry.value;
  }
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end && end > start;
}
