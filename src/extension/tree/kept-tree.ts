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

  /** Takes over the new state; returns the nodes to refresh, `null` standing for the whole tree. */
  update(specs: readonly NodeSpec<Ref>[]): readonly (KeptNode<Ref> | null)[] {
    const changed: KeptNode<Ref>[] = [];
    this.#remember(this.#roots);
    const merged = this.#merge(null, this.#roots, specs, changed);
    this.#roots = merged.nodes;
    this.#before.clear();
    return merged.isReordered ? [null] : changed;
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
    changed: KeptNode<Ref>[],
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

  #mergeNode(node: LiveNode<Ref>, spec: NodeSpec<Ref>, changed: KeptNode<Ref>[]): void {
    const isSame = sameStamps(node.spec.stamps, spec.stamps);
    node.spec = spec;
    if (isSame) return;
    let isStale = !sameItem(node.item, spec.item);
    node.item = spec.item;
    node.ref = spec.ref;
    const below: KeptNode<Ref>[] = [];
    if (node.children !== null) {
      const merged = this.#merge(node, node.children, spec.children?.() ?? [], below);
      node.children = merged.nodes;
      isStale ||= merged.isReordered;
    }
    // Refreshing a node refreshes all below it.
    if (isStale) changed.push(node);
    else changed.push(...below);
  }
}

function newNode<Ref>(parent: LiveNode<Ref> | null, spec: NodeSpec<Ref>): LiveNode<Ref> {
  return { id: spec.id, parent, ref: spec.ref, item: spec.item, spec, children: null };
}

function sameStamps(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((stamp, index) => stamp === other[index]);
}

function sameItem(one: NodeItem, other: NodeItem): boolean {
  return (
    one.label === other.label &&
    one.description === other.description &&
    one.icon?.id === other.icon?.id &&
    one.icon?.color === other.icon?.color &&
    one.context === other.context &&
    one.spoken === other.spoken &&
    one.open === other.open &&
    one.click === other.click
  );
}
