/**
 * A tree whose nodes keep their identity while what they show changes. VS Code tells rows apart by the object it was
 * given: the same node has to come back for the same thing, and only what really changed may be refreshed, or a click
 * that is on its way hits a row that is gone.
 */

/** Icon and colour, by VS Code's ids; `color` null is the icon's own. */
export interface NodeIcon {
  readonly id: string;
  readonly color: string | null;
}

/** How a row looks: plain data, comparable. */
export interface NodeItem {
  readonly label: string;
  readonly description: string;
  /** Null for a heading. */
  readonly icon: NodeIcon | null;
  /** Words for `viewItem =~ /\bword\b/` in package.json. */
  readonly context: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly open: 'leaf' | 'collapsed' | 'expanded';
  /** Id of the command that a click runs, with the node as its argument. */
  readonly click: string | null;
}

/** What a tree should look like now. `stamps` equal means: nothing in the whole subtree changed. */
export interface NodeSpec<Ref> {
  /** Unique in the tree and free of anything that changes. */
  readonly id: string;
  readonly ref: Ref;
  readonly item: NodeItem;
  readonly stamps: readonly unknown[];
  readonly children: (() => readonly NodeSpec<Ref>[]) | null;
}

/** One row, as VS Code gets and returns it. */
export interface KeptNode<Ref> {
  readonly id: string;
  readonly parent: KeptNode<Ref> | null;
  readonly ref: Ref;
  readonly item: NodeItem;
}

/** What an update changed. */
export interface TreeChange<Ref> {
  /** The nodes to refresh; `null` stands for the whole tree. */
  readonly rows: readonly (KeptNode<Ref> | null)[];
  /** Nodes that only say something else of what is below them, such as how much is done: they may wait a little. */
  readonly sums: readonly KeptNode<Ref>[];
}

/**
 * Refreshing a node refreshes all below it, so that a row which sums up what is below costs many rows. Where more rows than
 * this changed, it costs less than they do.
 */
const fewRows = 4;

interface LiveNode<Ref> extends KeptNode<Ref> {
  parent: LiveNode<Ref> | null;
  ref: Ref;
  item: NodeItem;
  spec: NodeSpec<Ref>;
  /** Null until somebody looked at them. */
  children: LiveNode<Ref>[] | null;
}

/** Reconciles specs with the nodes that were handed out. */
export class KeptTree<Ref> {
  #roots: LiveNode<Ref>[] = [];
  /** All nodes before the update that is under way: one may come back under another parent. */
  #before = new Map<string, LiveNode<Ref>>();

  /** Takes over the new state and tells what to refresh. */
  update(specs: readonly NodeSpec<Ref>[]): TreeChange<Ref> {
    const changed: Changed<Ref> = { rows: [], sums: [] };
    this.#remember(this.#roots);
    const merged = this.#merge(null, this.#roots, specs, changed);
    this.#roots = merged.nodes;
    this.#before.clear();
    return merged.isReordered ? { rows: [null], sums: [] } : changed;
  }

  /** The rows under a node, or the top ones. */
  childrenOf(node: KeptNode<Ref> | null): readonly KeptNode<Ref>[] {
    return node === null ? this.#roots : this.#childrenOf(node as LiveNode<Ref>);
  }

  /** The first node, top down, that `isIt` accepts; looks below a node only where `mayHold` says so. */
  find(
    isIt: (ref: Ref) => boolean,
    mayHold: (ref: Ref) => boolean,
    from: KeptNode<Ref> | null = null,
  ): KeptNode<Ref> | null {
    for (const node of this.childrenOf(from)) {
      if (isIt(node.ref)) return node;
      const below = mayHold(node.ref) ? this.find(isIt, mayHold, node) : null;
      if (below !== null) return below;
    }
    return null;
  }

  #remember(nodes: readonly LiveNode<Ref>[]): void {
    for (const node of nodes) {
      this.#before.set(node.id, node);
      if (node.children !== null) this.#remember(node.children);
    }
  }

  #childrenOf(node: LiveNode<Ref>): LiveNode<Ref>[] {
    node.children ??= (node.spec.children?.() ?? []).map((spec) => newNode(node, spec));
    return node.children;
  }

  #merge(
    parent: LiveNode<Ref> | null,
    nodes: readonly LiveNode<Ref>[],
    specs: readonly NodeSpec<Ref>[],
    changed: Changed<Ref>,
  ): { readonly nodes: LiveNode<Ref>[]; readonly isReordered: boolean } {
    let isReordered = nodes.length !== specs.length;
    const merged = specs.map((spec, index) => {
      if (nodes[index]?.id !== spec.id) isReordered = true;
      const known = this.#before.get(spec.id);
      if (known === undefined) return newNode(parent, spec);
      known.parent = parent;
      this.#mergeNode(known, spec, changed);
      return known;
    });
    return { nodes: merged, isReordered };
  }

  #mergeNode(node: LiveNode<Ref>, spec: NodeSpec<Ref>, changed: Changed<Ref>): void {
    const isSame = sameStamps(node.spec.stamps, spec.stamps);
    node.spec = spec;
    if (isSame) return;
    const difference = compareItems(node.item, spec.item);
    node.item = spec.item;
    node.ref = spec.ref;
    const below: Changed<Ref> = { rows: [], sums: [] };
    let isReordered = false;
    if (node.children !== null) {
      const merged = this.#merge(node, node.children, spec.children?.() ?? [], below);
      node.children = merged.nodes;
      isReordered = merged.isReordered;
    }
    const isSum = difference === 'words' && below.rows.length > 0 && below.rows.length <= fewRows;
    if (isReordered || (difference !== 'none' && !isSum)) {
      changed.rows.push(node);
      return;
    }
    if (isSum) changed.sums.push(node);
    changed.rows.push(...below.rows);
    changed.sums.push(...below.sums);
  }
}

/** A `TreeChange` that is being made. */
interface Changed<Ref> {
  readonly rows: KeptNode<Ref>[];
  readonly sums: KeptNode<Ref>[];
}

function newNode<Ref>(parent: LiveNode<Ref> | null, spec: NodeSpec<Ref>): LiveNode<Ref> {
  return { id: spec.id, parent, ref: spec.ref, item: spec.item, spec, children: null };
}

function sameStamps(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((stamp, index) => stamp === other[index]);
}

/** `words`: nothing but what the row says beside its name. */
function compareItems(one: NodeItem, other: NodeItem): 'none' | 'words' | 'look' {
  const isSameLook =
    one.label === other.label &&
    one.icon?.id === other.icon?.id &&
    one.icon?.color === other.icon?.color &&
    one.context === other.context &&
    one.open === other.open &&
    one.click === other.click;
  if (!isSameLook) return 'look';
  return one.description === other.description && one.spoken === other.spoken ? 'none' : 'words';
}
