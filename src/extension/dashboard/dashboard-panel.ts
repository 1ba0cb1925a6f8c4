import type * as vscode from 'vscode';
import type { Disposable } from '../../model/disposable.ts';
import { toDisposable } from '../../model/disposable.ts';
import type { DashboardHost } from './dashboard-host.ts';

/** What to show in the dashboard; ids or keys. */
export interface DashboardTarget {
  readonly execution?: string;
  readonly task?: string;
}

/** The one dashboard panel of a window. */
export class DashboardPanels implements Disposable {
  readonly #host: DashboardHost;

  constructor(host: DashboardHost) {
    this.#host = host;
  }

  /** True while a person can see the dashboard. */
  get isVisible(): boolean {
    return false;
  }

  /** Opens the dashboard, or brings it to the front, with an execution selected where one is named. */
  show(target: DashboardTarget = {}): void {
    void this.#host;
    void target;
  }

  /** Lets the editor bring the dashboard back after a reload. */
  registerSerializer(): vscode.Disposable {
    return toDisposable(() => undefined) as vscode.Disposable;
  }

  dispose(): void {
    this.#host.isTrusted();
  }
}
