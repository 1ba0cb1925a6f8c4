import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import { messageOf } from '../../model/result.ts';
import type { Log } from '../../engine/ports.ts';
import type { FolderState } from '../folder-state.ts';
import { commandIds, prefix, settingIds } from '../ids.ts';
import { readFolderSettings } from '../settings.ts';
import { FolderController } from './folder-controller.ts';
import { Turns } from './turns.ts';

/** Settings whose change makes a folder start anew. */
const basicSettings = [
  settingIds.workflowsFolder,
  settingIds.stateFolder,
  settingIds.fallbackWorkflow,
  settingIds.stuckAfter,
  settingIds.maxParallel,
  settingIds.historyKeep,
];

/** One controller per workspace folder, kept in step with the window. */
export class Folders implements Disposable {
  readonly #log: Log;
  readonly #controllers = new Map<string, FolderController>();
  readonly #store = new DisposableStore();
  readonly #changed = new Emitter<void>();
  readonly #changedFirst = new Emitter<void>();
  readonly #set = new Emitter<void>();
  #ready: Promise<void> | null = null;
  #isReady = false;
  #isTold = false;

  /** Fires after a difference in any folder, for each listener in a turn of its own. */
  readonly onDidChange: Event<void> = new Turns().spread(this.#changed.event);
  /** The same, before all others hear of it: for what has to be seen soonest. */
  readonly onDidChangeFirst: Event<void> = this.#changedFirst.event;
  /** Fires when folders came, went or started anew. */
  readonly onDidChangeSet: Event<void> = this.#set.event;

  constructor(log: Log) {
    this.#log = log;
    this.#store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#sync()));
    this.#store.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => void this.#restart(() => true)),
    );
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        void this.#restart((uri) =>
          basicSettings.some((id) => event.affectsConfiguration(`${prefix}.${id}`, uri)),
        );
      }),
    );
    // A watcher may miss what happened on a network disk or while the machine slept.
    this.#store.add(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) for (const { agentFiles } of this.all) void agentFiles.refresh();
      }),
    );
    this.#store.add(this.#changed);
    this.#store.add(this.#changedFirst);
    this.#store.add(this.#set);
  }

  /** Reads all folders for the first time. */
  start(): Promise<void> {
    this.#ready ??= this.#sync().then(() => {
      this.#isReady = true;
      this.#tell();
    });
    return this.#ready;
  }

  /** True once every folder was read. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** The controllers, in the window's order. */
  get all(): readonly FolderController[] {
    return (vscode.workspace.workspaceFolders ?? []).flatMap((folder) => {
      const controller = this.#controllers.get(folder.uri.toString());
      return controller === undefined ? [] : [controller];
    });
  }

  /** The folders as they are now. */
  get states(): readonly FolderState[] {
    return this.all.map((controller) => controller.state);
  }

  /** The controller of a folder key. */
  get(key: string): FolderController | null {
    return this.#controllers.get(key) ?? null;
  }

  /** The controller of the folder that holds a file. */
  of(uri: vscode.Uri): FolderController | null {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return folder === undefined ? null : this.get(folder.uri.toString());
  }

  /** Reads everything again now. */
  async refresh(): Promise<void> {
    await Promise.all(this.all.map((controller) => controller.refresh()));
  }

  dispose(): void {
    this.#store.dispose();
    for (const controller of this.#controllers.values()) controller.dispose();
    this.#controllers.clear();
  }

  /** Never rejects: a folder that cannot be opened is reported and left out. */
  async #sync(): Promise<void> {
    if (this.#store.isDisposed) return;
    const wanted = new Map(
      (vscode.workspace.workspaceFolders ?? [])
        // Tasks are processes: a folder that is not on a disk has nothing for us.
        .filter((folder) => folder.uri.scheme === 'file')
        .map((folder) => [folder.uri.toString(), folder]),
    );
    for (const [key, controller] of this.#controllers) {
      if (wanted.has(key)) continue;
      controller.dispose();
      this.#controllers.delete(key);
    }
    const starts = [...wanted].flatMap(([key, folder]) =>
      this.#controllers.has(key) ? [] : [this.#open(folder)],
    );
    this.#set.fire();
    this.#tell();
    await Promise.all(starts);
  }

  async #restart(isAffected: (folder: vscode.Uri) => boolean): Promise<void> {
    for (const [key, controller] of this.#controllers) {
      if (!isAffected(controller.folder.uri)) continue;
      controller.dispose();
      this.#controllers.delete(key);
    }
    await this.#sync();
  }

  async #open(folder: vscode.WorkspaceFolder): Promise<void> {
    try {
      await this.#create(folder).start();
    } catch (error) {
      this.#log.error(`${folder.name} could not be opened: ${messageOf(error)}`);
    }
  }

  #create(folder: vscode.WorkspaceFolder): FolderController {
    const controller = new FolderController({
      folder,
      settings: readFolderSettings(folder.uri),
      isTrusted: vscode.workspace.isTrusted,
      log: this.#log,
    });
    controller.onDidChange(() => this.#tell());
    controller.onDidVanish((text) => void this.#warn(text));
    this.#controllers.set(controller.key, controller);
    return controller;
  }

  async #warn(text: string): Promise<void> {
    const showLog = vscode.l10n.t('Show Log');
    const answer = await vscode.window.showWarningMessage(text, showLog);
    if (answer === showLog) await vscode.commands.executeCommand(commandIds.showOutput);
  }

  /** Several changes of one turn are one event. */
  #tell(): void {
    if (this.#isTold || this.#store.isDisposed) return;
    this.#isTold = true;
    queueMicrotask(() => {
      this.#isTold = false;
      if (this.#store.isDisposed) return;
      this.#changedFirst.fire();
      this.#changed.fire();
    });
  }
}
