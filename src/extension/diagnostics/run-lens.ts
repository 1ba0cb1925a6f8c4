import * as vscode from 'vscode';
import type { Disposable } from '../../model/disposable.ts';
import { describeMoment, joinParts } from '../describe-time.ts';
import type { Folders } from '../folders/folders.ts';
import { newestByAgent } from '../folder-state.ts';
import { commandIds } from '../ids.ts';
import { hasCodeLens } from '../settings.ts';
import { workflowFileOf } from './workflow-files.ts';

/** "Run" and the last result above the first line of a workflow file. */
export class RunLens implements vscode.CodeLensProvider, Disposable {
  readonly #folders: Folders;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listener: Disposable;
  #shown = '';

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(folders: Folders) {
    this.#folders = folders;
    this.#listener = folders.onDidChange(() => this.#update());
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const file = workflowFileOf(this.#folders, document.uri);
    if (file === null || !hasCodeLens(document.uri)) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const agent = { folder: file.folder.key, agent: file.agent };
    const run = new vscode.CodeLens(top, {
      title: '$(play) Run',
      command: commandIds.runWorkflow,
      arguments: [agent],
    });
    const last = newestByAgent(file.folder.state.executions).get(file.agent);
    if (last === undefined) return [run];
    const when = describeMoment(last.finishedAt ?? last.createdAt, new Date());
    const result = new vscode.CodeLens(top, {
      title: `Last: ${joinParts(last.status, when)}`,
      command: commandIds.openDashboard,
      arguments: [{ folder: file.folder.key, execution: last.id }],
    });
    return [run, result];
  }

  dispose(): void {
    this.#listener.dispose();
    this.#changed.dispose();
  }

  /** Lenses shift the text when they come anew: only a new result is worth it. */
  #update(): void {
    const shown = JSON.stringify(
      this.#folders.states.map(({ executions }) =>
        [...newestByAgent(executions).values()].map(({ id, status }) => [id, status]),
      ),
    );
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#changed.fire();
  }
}
