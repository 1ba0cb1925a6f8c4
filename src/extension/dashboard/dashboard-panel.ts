import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { readLogRange, readLogTail } from '../../engine/logs/read-log.ts';
import { DisposableStore, toDisposable, type Disposable } from '../../model/disposable.ts';
import type { DashboardHost } from './dashboard-host.ts';
import { dashboardHtml } from './dashboard-html.ts';
import { DashboardSession } from './dashboard-session.ts';

/** The type of the panel, as the editor stores it. */
export const dashboardViewType = 'agentExecutor.dashboard';

/** What to show in the dashboard; the execution by id or key. */
export interface DashboardTarget {
  readonly execution?: string;
  readonly task?: string;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly session: DashboardSession;
  readonly lifetime: Disposable;
}

/** The one dashboard panel of a window. */
export class DashboardPanels implements Disposable {
  readonly #host: DashboardHost;
  readonly #report: (message: string) => void;
  #open: OpenPanel | null = null;

  /** `report` is told about refused messages and errors of the webview. */
  constructor(host: DashboardHost, report: (message: string) => void = () => undefined) {
    this.#host = host;
    this.#report = report;
  }

  /** True while a person can see the dashboard. */
  get isVisible(): boolean {
    return this.#open?.panel.visible ?? false;
  }

  /** Opens the dashboard, or brings it to the front, with an execution selected where one is named. */
  show(target: DashboardTarget = {}): void {
    if (this.#open === null) {
      const panel = vscode.window.createWebviewPanel(
        dashboardViewType,
        'Agent Executor',
        vscode.ViewColumn.Active,
        { retainContextWhenHidden: false },
      );
      this.#adopt(panel);
    } else {
      this.#open.panel.reveal(undefined, false);
    }
    const { execution, task } = target;
    if (execution === undefined) return;
    const item = this.#host
      .executions()
      .find((candidate) => candidate.key === execution || candidate.execution.id === execution);
    if (item === undefined) return;
    this.#open?.session.reveal({ key: item.key, task: task ?? null });
  }

  /** Lets the editor bring the dashboard back after a reload; its filter and selection come back with it. */
  registerSerializer(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(dashboardViewType, {
      deserializeWebviewPanel: (panel) => {
        if (this.#open === null) this.#adopt(panel);
        else panel.dispose();
        return Promise.resolve();
      },
    });
  }

  /** Ends the work behind the panel. The panel stays: after a reload the editor brings it back. */
  dispose(): void {
    this.#open?.lifetime.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const root = vscode.Uri.joinPath(this.#host.extensionUri, 'dist', 'webview');
    const { webview } = panel;
    const lifetime = new DisposableStore();
    const session = lifetime.add(
      new DashboardSession({
        source: this.#host,
        reader: { tail: readLogTail, range: readLogRange },
        post: (message) => void webview.postMessage(message),
        report: this.#report,
        after: (delayMs, run) => {
          const timer = setTimeout(run, delayMs);
          return () => {
            clearTimeout(timer);
          };
        },
        nowMs: () => Date.now(),
      }),
    );
    this.#open = { panel, session, lifetime };
    lifetime.add(
      webview.onDidReceiveMessage((message) => {
        session.receive(message);
      }),
    );
    lifetime.add(
      this.#host.onDidChange(() => {
        session.sourceChanged();
      }),
    );
    lifetime.add(
      panel.onDidChangeViewState(() => {
        // A hidden webview is gone; it loads anew and says so when it is shown again.
        if (!panel.visible) session.hidden();
      }),
    );
    lifetime.add(
      toDisposable(() => {
        if (this.#open?.panel === panel) this.#open = null;
      }),
    );
    panel.onDidDispose(() => {
      lifetime.dispose();
    });
    const icon = (name: string): vscode.Uri =>
      vscode.Uri.joinPath(this.#host.extensionUri, 'media', name);
    panel.iconPath = { light: icon('dashboard-light.svg'), dark: icon('dashboard-dark.svg') };
    webview.options = { enableScripts: true, localResourceRoots: [root] };
    const address = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
    webview.html = dashboardHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('hex'),
      script: address('dashboard.js'),
      styles: [address('codicon.css'), address('dashboard.css')],
    });
  }
}
