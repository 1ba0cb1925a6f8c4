import * as vscode from 'vscode';
import type { Disposable } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';
import type { Reveal } from '../../protocol/messages.ts';
import { readExecutionUri } from '../executions/execution-address.ts';
import { dashboardViewType, executionEditorType } from '../ids.ts';
import { inOwnTurns } from '../in-own-turns.ts';
import { dashboardKey } from './dashboard-key.ts';
import type { DashboardHost } from './dashboard-host.ts';
import type { ServedDashboard } from './serve-dashboard.ts';

/** What to show in the dashboard; the execution by id or key. */
export interface DashboardTarget {
  readonly execution?: string;
  readonly task?: string;
  /** Compares the execution with this one, by id or key. */
  readonly compareWith?: string;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  /** Null while the code that serves it is loaded. */
  served: ServedDashboard | null;
  reveal: Reveal | null;
}

/**
 * The one dashboard panel of a window, and those that executions were dragged into the editor area for. What serves them
 * is loaded with the first one.
 */
export class DashboardPanels implements Disposable {
  readonly #host: DashboardHost;
  readonly #report: (message: string) => void;
  readonly #all = new Set<OpenPanel>();
  #open: OpenPanel | null = null;

  /** `report` is told about refused messages and errors of the webview. */
  constructor(host: DashboardHost, report: (message: string) => void = () => undefined) {
    this.#host = host;
    this.#report = report;
  }

  /** True while a person can see the dashboard. */
  get isVisible(): boolean {
    return [...this.#all].some(({ panel }) => panel.visible);
  }

  /** Selects an execution in a dashboard that can be seen; the focus stays where it is. */
  showInPlace(execution: string): void {
    const key = this.#keyOf(execution);
    if (key === null || this.#open?.panel.visible !== true) return;
    reveal(this.#open, { key, task: null, compareWith: null });
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
      this.#open = this.#adopt(panel);
    } else {
      this.#open.panel.reveal(undefined, false);
    }
    const { execution, task, compareWith } = target;
    const key = this.#keyOf(execution);
    if (key === null) return;
    reveal(this.#open, { key, task: task ?? null, compareWith: this.#keyOf(compareWith) });
  }

  /** Lets the editor bring the dashboard back after a reload; its filter and selection come back with it. */
  registerSerializer(): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(dashboardViewType, {
      deserializeWebviewPanel: (panel) => {
        if (this.#open === null) this.#open = this.#adopt(panel);
        else panel.dispose();
        return Promise.resolve();
      },
    });
  }

  /** Lets an execution be an editor of its own, under the address of `executionUri`. */
  registerEditor(): vscode.Disposable {
    return vscode.window.registerCustomEditorProvider(executionEditorType, {
      openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
      resolveCustomEditor: ({ uri }, panel) => {
        const named = readExecutionUri(uri);
        const open = this.#adopt(panel);
        if (named === null) return;
        // Also one that is gone: the page says so, and shows no other one under its name.
        const key = dashboardKey(named.folder, named.id);
        reveal(open, { key, task: null, compareWith: null });
      },
    });
  }

  /** Ends the work behind the panels. They stay: after a reload the editor brings them back. */
  dispose(): void {
    this.#open = null;
    for (const { served } of this.#all) served?.dispose();
    this.#all.clear();
  }

  #keyOf(named: string | undefined): string | null {
    if (named === undefined) return null;
    const item = this.#host
      .executions()
      .find(({ key, execution }) => key === named || execution.id === named);
    return item?.key ?? null;
  }

  #adopt(panel: vscode.WebviewPanel): OpenPanel {
    const open: OpenPanel = { panel, served: null, reveal: null };
    this.#all.add(open);
    panel.onDidDispose(() => {
      if (this.#open === open) this.#open = null;
      if (this.#all.delete(open)) open.served?.dispose();
    });
    this.#serve(open).catch((error: unknown) => this.#report(messageOf(error)));
    return open;
  }

  async #serve(open: OpenPanel): Promise<void> {
    // esbuild turns this import into one of the other bundle, compiled already.
    const { serveDashboard } = await inOwnTurns(() => import('./dashboard-entry.ts'));
    // The panel may have been closed meanwhile.
    if (!this.#all.has(open)) return;
    open.served = serveDashboard(open.panel, this.#host, this.#report);
    if (open.reveal !== null) open.served.reveal(open.reveal);
  }
}

/** Shows an execution in a panel: now, or as soon as there is something that can. */
function reveal(open: OpenPanel, wanted: Reveal): void {
  if (open.served === null) open.reveal = wanted;
  else open.served.reveal(wanted);
}
