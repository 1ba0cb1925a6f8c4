import * as vscode from 'vscode';
import type { Disposable } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';
import type { Reveal } from '../../protocol/messages.ts';
import { dashboardViewType } from '../ids.ts';
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

/** The one dashboard panel of a window. What serves it is loaded with the first one. */
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
    const { execution, task, compareWith } = target;
    const key = this.#keyOf(execution);
    if (key === null) return;
    this.#reveal({ key, task: task ?? null, compareWith: this.#keyOf(compareWith) });
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
    const open = this.#open;
    this.#open = null;
    open?.served?.dispose();
  }

  #keyOf(named: string | undefined): string | null {
    if (named === undefined) return null;
    const item = this.#host
      .executions()
      .find(({ key, execution }) => key === named || execution.id === named);
    return item?.key ?? null;
  }

  #reveal(reveal: Reveal): void {
    const open = this.#open;
    if (open === null) return;
    if (open.served === null) open.reveal = reveal;
    else open.served.reveal(reveal);
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const open: OpenPanel = { panel, served: null, reveal: null };
    this.#open = open;
    panel.onDidDispose(() => {
      if (this.#open === open) this.dispose();
    });
    this.#serve(open).catch((error: unknown) => this.#report(messageOf(error)));
  }

  async #serve(open: OpenPanel): Promise<void> {
    // esbuild turns this import into a `require` of the other bundle.
    const { serveDashboard } = await import('./dashboard-entry.ts');
    // The panel may have been closed meanwhile.
    if (this.#open !== open) return;
    open.served = serveDashboard(open.panel, this.#host, this.#report);
    if (open.reveal !== null) open.served.reveal(open.reveal);
  }
}
