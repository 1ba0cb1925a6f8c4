import * as vscode from 'vscode';
import { systemClock } from '../../engine/ports.ts';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { TooltipLine } from '../executions/describe-tooltip.ts';
import type { NodeRef } from '../folder-state.ts';
import type { WindowSight } from '../window-sight.ts';
import { KeptTree, type KeptNode, type NodeItem, type NodeSpec } from './kept-tree.ts';
import { PacedFire, treeAfterPageMs, type Collected } from './paced-fire.ts';

/** A row of one of our views: what commands of its menu get as their first argument. */
export type Row = KeptNode<NodeRef>;

/** What makes a view. */
export interface TreeOptions {
  readonly viewId: string;
  readonly sight: WindowSight;
  /** The tree as it should look now. */
  readonly specs: () => readonly NodeSpec<NodeRef>[];
  /** Called when somebody rests on a row. */
  readonly tooltip: (ref: NodeRef) => readonly TooltipLine[];
  /** Makes it possible to mark several rows. */
  readonly canSelectMany?: boolean;
  /** What a row that is dragged out of the view stands for; null for nothing. */
  readonly drag?: (ref: NodeRef) => vscode.Uri | null;
}

/** A tree view that refreshes what changed, never more often than VS Code can show. */
export class Tree implements vscode.TreeDataProvider<Row>, Disposable {
  readonly view: vscode.TreeView<Row>;
  readonly #options: TreeOptions;
  readonly #tree = new KeptTree<NodeRef>();
  readonly #changed = new vscode.EventEmitter<Row | Row[] | undefined>();
  readonly #pace: PacedFire<Row>;
  readonly #store = new DisposableStore();
  /** How rows stood last: they stay so when they move to another parent, which makes them new to the editor. */
  readonly #opened = new Map<string, boolean>();
  #isStale = false;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: TreeOptions) {
    this.#options = options;
    this.#pace = this.#store.add(
      new PacedFire<Row>({
        clock: systemClock,
        fire: (changed) => this.#changed.fire(changed === null ? undefined : [...changed]),
        collect: () => this.#collect(),
      }),
    );
    this.#pace.setSeen(options.sight.isSeen);
    this.#store.add(options.sight.onDidChange((isSeen) => this.#pace.setSeen(isSeen)));
    this.#store.add(options.sight.onDidSend(() => this.#pace.hold(treeAfterPageMs)));
    this.#tree.update(options.specs());
    this.view = this.#store.add(
      vscode.window.createTreeView<Row>(options.viewId, {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: options.canSelectMany ?? false,
        ...(options.drag !== undefined && { dragAndDropController: dragOut(options.drag) }),
      }),
    );
    const note = (isOpen: boolean) => (event: vscode.TreeViewExpansionEvent<Row>) => {
      this.#opened.set(event.element.id, isOpen);
    };
    this.#store.add(this.view.onDidExpandElement(note(true)));
    this.#store.add(this.view.onDidCollapseElement(note(false)));
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => visible && this.update()));
    this.#store.add(this.#changed);
  }

  /** Shows the state of now with the next refresh. A hidden view waits until it is seen. */
  update(): void {
    if (this.view.visible) this.#pace.touch();
    else this.#isStale = true;
  }

  /** Takes over the state of now: once for each refresh, however many changes it shows. */
  #collect(): Collected<Row> {
    const { rows, sums } = this.#tree.update(this.#options.specs());
    const isStale = this.#isStale;
    this.#isStale = false;
    return isStale ? { rows: [null], sums: [] } : { rows, sums };
  }

  /** Says a sentence above the rows. Said again it would hold back their refresh, as a change of them does. */
  say(message: string): void {
    if ((this.view.message ?? '') !== message) this.view.message = message;
  }

  /** The row that stands for something, when it is in the tree. */
  find(isIt: (ref: NodeRef) => boolean, mayHold: (ref: NodeRef) => boolean): Row | null {
    this.#tree.update(this.#options.specs());
    this.#pace.add([null], 0);
    return this.#tree.find(isIt, mayHold);
  }

  getChildren(node?: Row): Row[] {
    // The first look may come before the first change.
    if (node === undefined && this.#isStale) {
      this.#isStale = false;
      this.#tree.update(this.#options.specs());
    }
    return [...this.#tree.childrenOf(node ?? null)];
  }

  getParent(node: Row): Row | null {
    return node.parent;
  }

  getTreeItem(node: Row): vscode.TreeItem {
    const { id, item } = node;
    if (item.open === 'leaf') return toTreeItem(node, 'leaf');
    const isOpen = this.#opened.get(id) ?? item.open === 'expanded';
    this.#opened.set(id, isOpen);
    return toTreeItem(node, isOpen ? 'expanded' : 'collapsed');
  }

  resolveTreeItem(item: vscode.TreeItem, node: Row): vscode.TreeItem {
    item.tooltip = toMarkdown(this.#options.tooltip(node.ref));
    return item;
  }

  dispose(): void {
    this.#store.dispose();
  }
}

/** Rows leave the view as addresses, which the editor area opens. Nothing can be dropped here. */
function dragOut(
  uriOf: (ref: NodeRef) => vscode.Uri | null,
): vscode.TreeDragAndDropController<Row> {
  const type = 'text/uri-list';
  return {
    dragMimeTypes: [type],
    dropMimeTypes: [],
    handleDrag: (rows, transfer) => {
      const uris = new Set(rows.map(({ ref }) => uriOf(ref)?.toString()));
      uris.delete(undefined);
      if (uris.size > 0) transfer.set(type, new vscode.DataTransferItem([...uris].join('\r\n')));
    },
  };
}

/** A row's data as VS Code wants it. */
function toTreeItem(node: Row, open: NodeItem['open']): vscode.TreeItem {
  const { id, item } = node;
  const result = new vscode.TreeItem(item.label, collapsibleStates[open]);
  result.id = id;
  result.description = item.description;
  if (item.icon !== null) {
    const { id: icon, color } = item.icon;
    result.iconPath = new vscode.ThemeIcon(
      icon,
      color === null ? undefined : new vscode.ThemeColor(color),
    );
  }
  result.contextValue = item.context;
  result.accessibilityInformation = { label: item.spoken, role: 'treeitem' };
  if (item.click !== null) {
    result.command = { command: item.click, title: item.label, arguments: [node] };
  }
  return result;
}

const collapsibleStates = {
  leaf: vscode.TreeItemCollapsibleState.None,
  collapsed: vscode.TreeItemCollapsibleState.Collapsed,
  expanded: vscode.TreeItemCollapsibleState.Expanded,
} as const;

/** Text of workflows and tasks is hostile until proved otherwise: it is escaped, and nothing in it is trusted. */
function toMarkdown(lines: readonly TooltipLine[]): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  lines.forEach(({ label, text }, index) => {
    if (index > 0) markdown.appendMarkdown('\n\n');
    markdown.appendMarkdown(`**${label}** `);
    markdown.appendText(text);
  });
  return markdown;
}
