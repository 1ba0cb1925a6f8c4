import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import { commandIds } from '../ids.ts';
import { countStatus, statusBarText } from './status-bar-text.ts';

/** How long changes are collected: a new word there draws a frame, and what somebody watches is drawn first. */
const restMs = 300;

/** The one status bar item: what runs, waits, is stuck or failed; hidden when there is nothing to say. */
export class StatusBar implements Disposable {
  readonly #folders: Folders;
  readonly #openedAt: string;
  readonly #item: vscode.StatusBarItem;
  readonly #store = new DisposableStore();
  /** The editor draws an item anew for each word that is said of it, the same or not. */
  #shown: string | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(folders: Folders, openedAt: string) {
    this.#folders = folders;
    this.#openedAt = openedAt;
    this.#item = this.#store.add(
      vscode.window.createStatusBarItem('status', vscode.StatusBarAlignment.Left),
    );
    this.#item.name = 'Agent Executor';
    this.#item.command = commandIds.showRunning;
    this.#store.add(
      folders.onDidChange(() => (this.#timer ??= setTimeout(() => this.#update(), restMs))),
    );
    this.#store.add(toDisposable(() => this.#timer !== null && clearTimeout(this.#timer)));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #update(): void {
    this.#timer = null;
    const text = statusBarText(countStatus(this.#folders.states, this.#openedAt), vscode.l10n.t);
    const shown = text?.text ?? '';
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (text === null) {
      this.#item.hide();
      return;
    }
    this.#item.text = text.text;
    this.#item.tooltip = text.tooltip;
    this.#item.accessibilityInformation = { label: text.spoken };
    this.#item.show();
  }
}
