import * as vscode from 'vscode';
import { Emitter, toDisposable, type Disposable, type Event } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';
import { findAgents, type AgentFile } from '../../engine/workflow/find-agents.ts';
import type { Log } from '../../engine/ports.ts';

/** One save may come as several events (VS Code reports a rename over a file as delete and create). */
const quietMs = 100;

/** The workflow files of one folder, kept current. */
export class AgentFiles implements Disposable {
  readonly #workspace: string;
  readonly #workflowsFolder: string;
  readonly #log: Log;
  readonly #watcher: vscode.FileSystemWatcher;
  readonly #changed = new Emitter<readonly string[]>();
  #files: readonly AgentFile[] = [];
  #touched = new Set<string>();
  #timer: Disposable | null = null;
  #scan: Promise<void> | null = null;
  #isDisposed = false;

  /** Fires with the absolute paths that were touched, also when the list of files stayed the same. */
  readonly onDidChange: Event<readonly string[]> = this.#changed.event;

  constructor(options: {
    readonly folder: vscode.WorkspaceFolder;
    readonly workflowsFolder: string;
    readonly log: Log;
  }) {
    this.#workspace = options.folder.uri.fsPath;
    this.#workflowsFolder = options.workflowsFolder;
    this.#log = options.log;
    // The folder itself is in the pattern since deleting it is not reported for each file in it.
    const base = options.workflowsFolder.replaceAll('\\', '/').replace(/\/+$/, '');
    this.#watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(options.folder, `{${base},${base}/**}`),
    );
    const touch = (uri: vscode.Uri): void => this.#touch(uri);
    this.#watcher.onDidCreate(touch);
    this.#watcher.onDidChange(touch);
    this.#watcher.onDidDelete(touch);
  }

  /** The files found last, sorted by agent id. */
  get files(): readonly AgentFile[] {
    return this.#files;
  }

  /** Looks again now. */
  async refresh(): Promise<void> {
    // A scan that is under way may have passed the place already: another one follows it.
    while (this.#scan !== null) await this.#scan;
    this.#scan = this.#find();
    try {
      await this.#scan;
    } finally {
      this.#scan = null;
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#timer?.dispose();
    this.#watcher.dispose();
    this.#changed.dispose();
  }

  #touch(uri: vscode.Uri): void {
    this.#touched.add(uri.fsPath);
    this.#timer?.dispose();
    const timer = setTimeout(() => void this.refresh(), quietMs);
    this.#timer = toDisposable(() => {
      clearTimeout(timer);
    });
  }

  async #find(): Promise<void> {
    const touched = [...this.#touched];
    this.#touched = new Set();
    try {
      const files = await findAgents(this.#workspace, this.#workflowsFolder);
      if (this.#isDisposed) return;
      this.#files = files;
      this.#changed.fire(touched);
    } catch (error) {
      this.#log.error(`could not list the workflow files: ${messageOf(error)}`);
    }
  }
}
