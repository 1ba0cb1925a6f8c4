import { maxTextLength, readYaml, type YamlText } from './read-yaml.ts';
import type { YamlEntry, YamlMap, YamlNode } from './yaml-node.ts';

/** Reads a text; `readYaml` is one. */
export type ReadYaml = (text: string) => YamlText;

/** Shorter texts are read at once anyway. */
const minLength = 16_000;
/** A validation and a completion alternate, each with a text of its own. */
const keptReads = 3;

/**
 * Reads texts as `readYaml` does, and of a long one only the tasks that are new: each task is a piece that is read by
 * itself and kept. Anything unusual, and everything with a problem in it, is read as a whole.
 */
export class PieceReader {
  readonly #minLength: number;
  #kept: readonly ReadonlyMap<string, Piece>[] = [];

  constructor(options: { readonly minLength?: number } = {}) {
    this.#minLength = options.minLength ?? minLength;
  }

  /** A function, to be handed on. */
  readonly read: ReadYaml = (text) => this.#readPieces(text) ?? readYaml(text);

  #readPieces(text: string): YamlText | null {
    if (text.length < this.#minLength || text.length > maxTextLength || unusual.test(text)) {
      return null;
    }
    const cut = cutTasks(text);
    if (cut === null) return null;
    const read = new Map<string, Piece>();
    const entries: YamlEntry[] = [];
    const ids = new Set<string>();
    for (const start of cut.starts.keys()) {
      const from = cut.starts[start] ?? 0;
      const piece = this.#readPiece(text.slice(from, cut.starts[start + 1] ?? cut.end), from);
      if (piece === null || ids.has(piece.shifted.key.text)) return null;
      ids.add(piece.shifted.key.text);
      read.set(piece.text, piece);
      entries.push(piece.shifted);
    }
    // The rest of the file, with every place where it is.
    const blank = `${' '.repeat(cut.end - cut.begin - 1)}\n`;
    const rest = readYaml(text.slice(0, cut.begin) + blank + text.slice(cut.end));
    if (rest.root?.kind !== 'map' || rest.problems.length > 0) return null;
    const root = putTasks(rest.root, entries);
    if (root === null) return null;
    this.#kept = [read, ...this.#kept].slice(0, keptReads);
    return { root, problems: [] };
  }

  /** The task of a piece of text that begins at an offset; null when there is anything to say about it. */
  #readPiece(text: string, from: number): Piece | null {
    const known = this.#kept.find((pieces) => pieces.has(text))?.get(text);
    if (known !== undefined) {
      if (known.from === from) return known;
      return { ...known, from, shifted: shiftEntry(known.entry, from) };
    }
    const { root, problems } = readYaml(text);
    if (root?.kind !== 'map' || problems.length > 0) return null;
    const [entry, second] = root.entries;
    if (entry === undefined || second !== undefined) return null;
    return { text, entry, from, shifted: shiftEntry(entry, from) };
  }
}

interface Piece {
  readonly text: string;
  /** With places from the start of the piece. */
  readonly entry: YamlEntry;
  /** Where the piece began in the text that was read last, and the entry with its places there. */
  readonly from: number;
  readonly shifted: YamlEntry;
}

/**
 * What could reach from one piece into another, or stand for more than its own place: anchors and aliases, documents,
 * directives, explicit keys, tabs as indentation, lone carriage returns, a byte order mark.
 */
const unusual = /(?:^|[\s[{,:-])[&*][\w-]|^(?:---|\.\.\.|%)|^\s*\?(?:\s|$)|^ *\t|\r(?!\n)|\uFEFF/m;

interface Cut {
  /** Where the lines under `tasks:` begin and end. */
  readonly begin: number;
  readonly end: number;
  /** Where each task begins: its line. */
  readonly starts: readonly number[];
}

/** The tasks of a text in plain block style; null for any other text. */
function cutTasks(text: string): Cut | null {
  const heads = [...text.matchAll(/^tasks[ ]*:.*(?:\r?\n|$)/gm)];
  const [head, second] = heads;
  if (head === undefined || second !== undefined) return null;
  if (!/^tasks:[ ]*(?:#.*)?\r?\n$/.test(head[0])) return null;
  const begin = head.index + head[0].length;
  const starts: number[] = [];
  let indent = -1;
  let at = begin;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const next = newline === -1 ? text.length : newline + 1;
    let column = 0;
    while (text.charCodeAt(at + column) === 32) column += 1;
    const first = text.charAt(at + column);
    const isEmpty = first === '' || first === '\n' || first === '\r' || first === '#';
    if (!isEmpty) {
      if (column === 0) break;
      if (indent === -1) indent = column;
      if (column < indent) return null;
      if (column === indent) {
        if (!/^[A-Za-z_][\w-]*:(?:\s|$)/.test(text.slice(at + column, Math.min(next, at + 150)))) {
          return null;
        }
        starts.push(at);
      }
    }
    at = next;
  }
  return starts.length === 0 ? null : { begin, end: at, starts };
}

/** The map with the tasks in place of the nothing that was read for them. */
function putTasks(root: YamlMap, tasks: readonly YamlEntry[]): YamlMap | null {
  const [first] = tasks;
  const last = tasks.at(-1);
  const entry = root.entries.find(({ key }) => key.text === 'tasks');
  if (first === undefined || last === undefined || entry?.value.kind !== 'scalar') return null;
  if (entry.value.value !== null || root.isFlow) return null;
  const map: YamlMap = {
    kind: 'map',
    entries: tasks,
    isFlow: false,
    start: first.key.start,
    end: last.value.end,
    weight: weightOf(tasks),
  };
  const entries = root.entries.map((one) => (one === entry ? { key: one.key, value: map } : one));
  const end = root.entries.at(-1) === entry ? map.end : root.end;
  return { ...root, entries, end, weight: weightOf(entries) };
}

function weightOf(entries: readonly YamlEntry[]): number {
  return entries.reduce((sum, { value }) => sum + 1 + value.weight, 1);
}

function shiftEntry({ key, value }: YamlEntry, by: number): YamlEntry {
  return { key: { ...key, start: key.start + by, end: key.end + by }, value: shift(value, by) };
}

function shift(node: YamlNode, by: number): YamlNode {
  const start = node.start + by;
  const end = node.end + by;
  switch (node.kind) {
    case 'scalar':
      return { ...node, start, end };
    case 'list':
      return { ...node, items: node.items.map((item) => shift(item, by)), start, end };
    case 'map':
      return { ...node, entries: node.entries.map((entry) => shiftEntry(entry, by)), start, end };
  }
}
