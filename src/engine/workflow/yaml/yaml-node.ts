/** The tree of a YAML text: aliases are shared nodes, every node knows its place (offsets in UTF-16 units). */
export type YamlNode = YamlScalar | YamlList | YamlMap;

interface Place {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  /** How many nodes it stands for with all aliases expanded, itself included. */
  readonly weight: number;
}

/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** A text, number, boolean or null. `text` is what was meant as text: for a plain `1.10` that is `1.10`. */
export interface YamlScalar extends Place {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly text: string;
  readonly style: ScalarStyle;
}

/** A sequence. */
export interface YamlList extends Place {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly isFlow: boolean;
}

/** A mapping; keys in file order, each once. */
export interface YamlMap extends Place {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly isFlow: boolean;
}

/** A key with its value. */
export interface YamlEntry {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}

/** The entry of a key, if it is there. For maps of few keys; a caller with many looks makes an index. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find((entry) => entry.key.text === key);
}

/** The value of a key, if it is there. */
export function valueOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryOf(node, key)?.value;
}

/** True for a value that was left out: `key:` with nothing behind it, `~` or `null`. */
export function isEmpty(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

/** What a node is, in words for a message: "a list", "the number 3", the text in quotes. */
export function describeNode(node: YamlNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  if (typeof node.value === 'string') {
    return node.text.length > 40 || node.text.includes('\n') ? 'text' : `"${node.text}"`;
  }
  if (typeof node.value === 'number') return `the number ${node.text}`;
  return node.value === null ? 'nothing' : String(node.value);
}
