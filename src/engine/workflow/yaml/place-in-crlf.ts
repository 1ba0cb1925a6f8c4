import type { YamlEntry, YamlMap, YamlNode } from './yaml-node.ts';

/** The tree of a text with every place where it is when each line of the text ends in CR LF instead of LF. */
export function placeInCrlf(root: YamlMap, text: string): YamlMap {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks.push(at);
  let known = 0;
  /** Places are asked for nearly in order: each search goes on where the one before ended. */
  const moved = (offset: number): number => {
    while (known > 0 && (breaks[known - 1] ?? 0) >= offset) known -= 1;
    while (known < breaks.length && (breaks[known] ?? 0) < offset) known += 1;
    return offset + known;
  };
  const place = <T extends YamlNode>(node: T): T => ({
    ...node,
    start: moved(node.start),
    end: moved(node.end),
  });
  const placeEntry = ({ key, value }: YamlEntry): YamlEntry => {
    return { key: place(key), value: placeNode(value) };
  };
  const placeNode = (node: YamlNode): YamlNode => {
    switch (node.kind) {
      case 'scalar':
        return place(node);
      case 'list':
        return { ...place(node), items: node.items.map(placeNode) };
      case 'map':
        return { ...place(node), entries: node.entries.map(placeEntry) };
    }
  };
  return { ...place(root), entries: root.entries.map(placeEntry) };
}
