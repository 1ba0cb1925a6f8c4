import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { graphTasks } from '../../engine/workflow/authoring/graph-tasks.ts';
import {
  rememberModels,
  WorkflowModel,
  type ReadModel,
} from '../../engine/workflow/authoring/workflow-model.ts';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import {
  readGraphRequest,
  maxGraphTasks,
  type GraphMessage,
} from '../../protocol/graph-messages.ts';
import { maxText } from '../../protocol/limits.ts';
import { dashboardHtml } from '../dashboard/dashboard-html.ts';
import { fitText } from '../dashboard/fit-text.ts';
import { pageLanguage } from '../dashboard/page-language.ts';
import { toTaskRow } from '../dashboard/to-detail.ts';
import { describeMoment, joinParts } from '../describe-time.ts';
import { workflowFileOf, type WorkflowFile } from '../diagnostics/workflow-files.ts';
import { isInPlaceOf, newestByAgent, verdictOf, wordStatus } from '../folder-state.ts';
import { toRange } from '../authoring/to-editor.ts';
import type { GraphScope } from './graph-panels.ts';

/** After the last key or change: short enough to feel live, long enough to draw once. */
const restMs = 120;

/** Draws the graph of a file into a panel and keeps it current, until it is disposed. Throws when it cannot be read. */
export async function serveGraph(
  panel: vscode.WebviewPanel,
  uri: vscode.Uri,
  scope: GraphScope,
): Promise<Disposable> {
  const document = await vscode.workspace.openTextDocument(uri);
  return new ServedGraph(panel, document, scope);
}

class ServedGraph extends DisposableStore {
  readonly #panel: vscode.WebviewPanel;
  readonly #scope: GraphScope;
  readonly #uri: vscode.Uri;
  readonly #read: ReadModel;
  #document: vscode.TextDocument;
  #timer: NodeJS.Timeout | null = null;
  #sent = '';

  constructor(panel: vscode.WebviewPanel, document: vscode.TextDocument, scope: GraphScope) {
    super();
    this.#panel = panel;
    this.#document = document;
    this.#uri = document.uri;
    this.#scope = scope;
    const { agent = '', path = '' } = this.#file() ?? {};
    this.#read = rememberModels((text) => new WorkflowModel(text, { agent, path }));
    const isOurs = (one: vscode.TextDocument): boolean =>
      one.uri.toString() === document.uri.toString();
    this.add(
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (isOurs(event.document)) this.#touch();
      }),
    );
    this.add(
      // A file that was closed is another document when it is opened again.
      vscode.workspace.onDidOpenTextDocument((one) => {
        if (!isOurs(one)) return;
        this.#document = one;
        this.#touch();
      }),
    );
    this.add(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (isOurs(textEditor.document)) this.#touch();
      }),
    );
    this.add(scope.folders.onDidChange(() => this.#touch()));
    this.add(
      panel.webview.onDidReceiveMessage((message) => {
        const request = readGraphRequest(message);
        if (request?.type === 'ready') this.#send(true);
        if (request?.type === 'reveal') void this.#reveal(request.task);
      }),
    );
    this.add({ dispose: () => this.#timer !== null && clearTimeout(this.#timer) });
    this.#load();
  }

  #load(): void {
    const { webview } = this.#panel;
    const root = vscode.Uri.joinPath(this.#scope.extensionUri, 'dist', 'webview');
    const address = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    const icon = (name: string): vscode.Uri =>
      vscode.Uri.joinPath(this.#scope.extensionUri, 'media', name);
    this.#panel.iconPath = { light: icon('dashboard-light.svg'), dark: icon('dashboard-dark.svg') };
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    webview.html = dashboardHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      script: address('graph.js'),
      styles: [address('codicon.css'), address('graph.css')],
      boot: vscode.l10n.t('Drawing the graph…'),
      language: pageLanguage(),
    });
  }

  #touch(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(false), restMs);
  }

  /** Sends the graph if it is another one; a page that has just loaded gets it in any case. */
  #send(isFirst: boolean): void {
    if (this.isDisposed || !this.#panel.visible) return;
    const message = this.#message();
    const text = JSON.stringify(message);
    if (text === this.#sent && !isFirst) return;
    this.#sent = text;
    void this.#panel.webview.postMessage(message);
  }

  #message(): GraphMessage {
    const { source, isWhole } = this.#read(this.#document.getText());
    const file = this.#file();
    const state = file?.folder.state;
    const agent = file?.agent ?? '';
    const newest = newestByAgent(state?.executions ?? []).get(agent) ?? null;
    // One that ran in place of this agent has tasks of its own.
    const execution = newest === null || isInPlaceOf(agent, newest) ? null : newest;
    const verdicts = state?.verdicts ?? [];
    const tasks = graphTasks(source, execution).slice(0, maxGraphTasks);
    const when = newest === null ? '' : describeMoment(newest.createdAt, new Date(), vscode.l10n.t);
    return {
      type: 'graph',
      file: this.#uri.toString(),
      tasks: tasks.map((task, index) =>
        toTaskRow(
          task,
          index,
          execution !== null && verdictOf(verdicts, execution.id, task.id) !== null,
        ),
      ),
      selected: this.#selected(),
      execution:
        newest === null ? null : fitText(joinParts(wordStatus(agent, newest), when), maxText.name),
      isValid: isWhole,
    };
  }

  /** The task that the cursor is in. */
  #selected(): string | null {
    const editor = this.#editor();
    if (editor === undefined) return null;
    const offset = this.#document.offsetAt(editor.selection.active);
    const { source } = this.#read(this.#document.getText());
    const found = source.tasks.find(
      ({ key, map }) => key.start <= offset && offset <= (map ?? key).end,
    );
    return found === undefined ? null : fitText(found.id, maxText.id);
  }

  async #reveal(task: string): Promise<void> {
    const { source } = this.#read(this.#document.getText());
    const place = source.taskById.get(task);
    if (place === undefined) return;
    const selection = toRange(this.#document, place.key);
    const viewColumn = this.#editor()?.viewColumn ?? vscode.ViewColumn.One;
    await vscode.window.showTextDocument(this.#uri, { selection, viewColumn });
  }

  #editor(): vscode.TextEditor | undefined {
    const wanted = this.#uri.toString();
    return vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === wanted,
    );
  }

  /** Asked for anew each time: a folder may have started again with other settings. */
  #file(): WorkflowFile | null {
    return workflowFileOf(this.#scope.folders, this.#uri);
  }
}
