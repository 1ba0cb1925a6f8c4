import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { ScalarStyle, YamlEntry, YamlNode, YamlScalar } from './yaml-node.ts';

/** Something wrong in the YAML itself, at offsets of the text. */
export interface YamlProblem {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly related?: readonly {
    readonly start: number;
    readonly end: number;
    readonly message: string;
  }[];
}

/** Nesting of a workflow is below ten; the limit only keeps recursion harmless. */
const maxDepth = 64;
/** How many nodes a text may stand for with aliases expanded. */
const maxWeight = 250_000;

interface Conversion {
  readonly text: string;
  readonly problems: YamlProblem[];
  /** Null while the anchored node is still open: an alias to it would contain itself. */
  readonly anchors: Map<string, YamlNode | null>;
  expanded: number;
}

/** Turns a parsed document into our tree; duplicate keys, odd keys and bad aliases become problems. */
export function convertNode(text: string, contents: unknown, problems: YamlProblem[]): YamlNode {
  return convert(contents, { text, problems, anchors: new Map(), expanded: 0 }, 0, 0);
}

function convert(node: unknown, state: Conversion, at: number, depth: number): YamlNode {
  if (isAlias(node)) return resolveAlias(node.source, rangeOf(node, at), state);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return nothingAt(at);
  const anchor = node.anchor;
  if (anchor !== undefined) state.anchors.set(anchor, null);
  const converted = convertOpen(node, state, at, depth);
  if (anchor !== undefined) state.anchors.set(anchor, converted);
  return converted;
}

function convertOpen(node: Node, state: Conversion, at: number, depth: number): YamlNode {
  if (isScalar(node)) return convertScalar(node, state.text, at);
  const [start, last] = rangeOf(node, at);
  if (depth >= maxDepth) {
    const message = `the nesting is too deep; ${maxDepth} levels are the limit`;
    state.problems.push({ code: 'too-deep', message, start, end: start + 1 });
    return nothingAt(start);
  }
  if (isSeq(node)) {
    const isFlow = node.flow === true;
    let weight = 1;
    let end = start;
    const items = node.items.map((item) => {
      // `[a: b]` is a list of one map, which the parser leaves as a bare pair.
      const converted = isPair(item)
        ? convertPairs([item], state, { start, end: null, isFlow: true }, depth + 1)
        : convert(item, state, start, depth + 1);
      weight += converted.weight;
      end = endOf(item, converted);
      return converted;
    });
    return { kind: 'list', items, isFlow, start, end: isFlow ? last : end, weight };
  }
  if (!isMap(node)) return nothingAt(start);
  const isFlow = node.flow === true;
  return convertPairs(node.items, state, { start, end: isFlow ? last : null, isFlow }, depth);
}

/** An alias ends where it stands, not where its anchor does. */
function endOf(node: unknown, converted: YamlNode): number {
  return isAlias(node) && node.range ? node.range[1] : converted.end;
}

interface MapPlace {
  readonly start: number;
  /** Null where it is the end of the last entry. */
  readonly end: number | null;
  readonly isFlow: boolean;
}

function convertPairs(
  pairs: readonly { readonly key: unknown; readonly value: unknown }[],
  state: Conversion,
  place: MapPlace,
  depth: number,
): YamlNode {
  let weight = 1;
  let last = place.start;
  const seen = new Map<string, YamlScalar>();
  const entries: YamlEntry[] = [];
  for (const pair of pairs) {
    const key = asKey(convert(pair.key, state, place.start, depth + 1), state.text);
    const value = convert(pair.value, state, key.end, depth + 1);
    weight += 1 + value.weight;
    last = endOf(pair.value, value);
    if (key.kind !== 'scalar') {
      const message = 'a key must be plain text, not a list or a map';
      state.problems.push({ code: 'bad-key', message, start: key.start, end: key.end });
      continue;
    }
    if (key.text === '<<' && key.style === 'plain') {
      const message =
        'merge keys (`<<`) are no part of YAML 1.2; repeat the keys, or use an alias for a whole value';
      state.problems.push({ code: 'merge-key', message, start: key.start, end: key.end });
      continue;
    }
    const first = seen.get(key.text);
    if (first !== undefined) {
      state.problems.push({
        code: 'duplicate-key',
        message: `the key "${key.text}" is here twice`,
        start: key.start,
        end: key.end,
        related: [{ start: first.start, end: first.end, message: 'it is first here' }],
      });
      continue;
    }
    seen.set(key.text, key);
    entries.push({ key, value });
  }
  return { kind: 'map', entries, ...place, end: place.end ?? last, weight };
}

function resolveAlias(name: string, [start, end]: Range, state: Conversion): YamlNode {
  const target = state.anchors.get(name);
  if (target === undefined) {
    const message = `the alias "*${name}" has no anchor "&${name}" before it`;
    state.problems.push({ code: 'unknown-alias', message, start, end });
    return nothingAt(start);
  }
  if (target === null) {
    const message = `the alias "*${name}" stands inside what it names`;
    state.problems.push({ code: 'recursive-alias', message, start, end });
    return nothingAt(start);
  }
  state.expanded += target.weight;
  if (state.expanded > maxWeight) {
    // Once is enough: what follows is the same bomb.
    if (!state.problems.some((problem) => problem.code === 'too-many-aliases')) {
      const message = 'the aliases of this file stand for too much data';
      state.problems.push({ code: 'too-many-aliases', message, start, end });
    }
    return nothingAt(start);
  }
  return target;
}

function convertScalar(node: Scalar, text: string, at: number): YamlScalar {
  const [start, end] = rangeOf(node, at);
  const value = primitiveOf(node.value);
  const style = styleOf(node.type);
  if (style === 'plain' && value === null && start === end) return nothingAt(at);
  const written = style === 'plain' && typeof value !== 'string' ? (node.source ?? '') : null;
  const meant = value === null ? '' : typeof value === 'number' ? (written ?? '') : String(value);
  const valueEnd = style === 'literal' || style === 'folded' ? trimEnd(text, start, end) : end;
  return { kind: 'scalar', value, text: meant, style, start, end: valueEnd, weight: 1 };
}

/** Keys such as `null:` and `true:` are meant as they are written. */
function asKey(key: YamlNode, text: string): YamlNode {
  if (key.kind !== 'scalar' || key.style !== 'plain' || typeof key.value === 'string') return key;
  const written = text.slice(key.start, key.end);
  return { ...key, value: written, text: written };
}

function primitiveOf(value: unknown): YamlScalar['value'] {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  return null;
}

function styleOf(type: string | null | undefined): ScalarStyle {
  switch (type) {
    case 'QUOTE_SINGLE':
      return 'single';
    case 'QUOTE_DOUBLE':
      return 'double';
    case 'BLOCK_LITERAL':
      return 'literal';
    case 'BLOCK_FOLDED':
      return 'folded';
    case null:
    case undefined:
    default:
      return 'plain';
  }
}

type Range = readonly [start: number, end: number];

function rangeOf(node: Node, at: number): Range {
  return node.range === null || node.range === undefined
    ? [at, at]
    : [node.range[0], node.range[1]];
}

/** A block scalar's own range goes on to the next line; the last line with text is where it ends for a reader. */
function trimEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /\s/.test(text.charAt(last - 1))) last -= 1;
  return last;
}

function nothingAt(offset: number): YamlScalar {
  return {
    kind: 'scalar',
    value: null,
    text: '',
    style: 'plain',
    start: offset,
    end: offset,
    weight: 1,
  };
}
