import * as vscode from 'vscode';
import type { Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import type { Language } from '../language.ts';

/** What the graph of a file needs. */
export interface GraphScope {
  readonly extensionUri: vscode.Uri;
  readonly folders: Folders;
  readonly language: Language;
}

/** The graphs beside workflow files: one for each file. What serves them is in the other bundle. */
export class GraphPanels implements Disposable {
  readonly #scope: GraphScope;
  readonly #panels = new Map<string, vscode.WebviewPanel>();

  constructor(scope: GraphScope) {
    this.#scope = scope;
  }

  /** Opens the graph of a file beside it, or brings it to the front. */
  async show(file: vscode.Uri): Promise<void> {
    const key = file.toString();
    const open = this.#panels.get(key);
    if (open !== undefined) {
      open.reveal(undefined, true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      'agentExecutor.graph',
      `Graph of ${file.path.slice(file.path.lastIndexOf('/') + 1)}`,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true },
    );
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
    const { serveGraph } = await this.#scope.language.load();
    if (this.#panels.get(key) === panel) await serveGraph(panel, file, this.#scope);
  }

  dispose(): void {
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }
}
