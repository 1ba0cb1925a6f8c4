import * as vscode from 'vscode';
import { messageOf } from '../../model/result.ts';
import type { Disposable } from '../../model/disposable.ts';
import { readGraphState } from '../../protocol/graph-messages.ts';
import { workflowFileOf } from '../diagnostics/workflow-files.ts';
import type { Folders } from '../folders/folders.ts';
import { graphViewType } from '../ids.ts';

/** What the graph of a file needs. */
export interface GraphScope {
  readonly extensionUri: vscode.Uri;
  readonly folders: Folders;
  /** Told about a graph that could not be brought back. */
  readonly report: (message: string) => void;
}

interface OpenGraph {
  readonly panel: vscode.WebviewPanel;
  /** Null while the code that serves it is loaded. */
  served: Disposable | null;
}

/** The graphs beside workflow files: one for each file. What serves them is in the other bundle. */
export class GraphPanels implements Disposable {
  readonly #scope: GraphScope;
  readonly #open = new Map<string, OpenGraph>();

  constructor(scope: GraphScope) {
    this.#scope = scope;
  }

  /** Opens the graph of a file beside it, or brings it to the front. */
  async show(file: vscode.Uri): Promise<void> {
    const open = this.#open.get(file.toString());
    if (open !== undefined) {
      open.panel.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      graphViewType,
      vscode.l10n.t('Graph of {0}', file.path.slice(file.path.lastIndexOf('/') + 1)),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true },
    );
    await this.#adopt(panel, file);
  }

  /** Lets the editor bring graphs back after a reload, as long as their files are there. */
  registerSerializer(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(graphViewType, {
      deserializeWebviewPanel: async (panel, state) => {
        try {
          await this.#restore(panel, readGraphState(state));
        } catch (error) {
          // Its file is gone: an empty panel would tell nothing.
          this.#scope.report(`a graph could not be brought back: ${messageOf(error)}`);
          panel.dispose();
        }
      },
    });
  }

  /** Ends the work behind the panels. They stay: after a reload the editor brings them back. */
  dispose(): void {
    const all = [...this.#open.values()];
    this.#open.clear();
    for (const { served } of all) served?.dispose();
  }

  async #restore(panel: vscode.WebviewPanel, address: string | null): Promise<void> {
    await this.#scope.folders.start();
    const file = address === null ? null : vscode.Uri.parse(address, true);
    const isOurs = file !== null && workflowFileOf(this.#scope.folders, file) !== null;
    if (isOurs && !this.#open.has(file.toString())) await this.#adopt(panel, file);
    else panel.dispose();
  }

  async #adopt(panel: vscode.WebviewPanel, file: vscode.Uri): Promise<void> {
    const key = file.toString();
    const open: OpenGraph = { panel, served: null };
    this.#open.set(key, open);
    panel.onDidDispose(() => {
      if (this.#open.get(key) === open) this.#open.delete(key);
      open.served?.dispose();
    });
    const { serveGraph } = await import('../authoring/authoring-entry.ts');
    const served = await serveGraph(panel, file, this.#scope);
    // The panel, or the window, may have been closed meanwhile.
    if (this.#open.get(key) === open) open.served = served;
    else served.dispose();
  }
}
