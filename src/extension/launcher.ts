import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import type { Disposable } from '../model/disposable.ts';
import type { Trigger } from '../model/execution.ts';
import { fail, messageOf, type Result } from '../model/result.ts';
import { isExecutionOver } from '../model/status.ts';
import {
  launchRunner,
  type EngineOptionsJson,
  type RunnerCommand,
  type RunnerRequest,
} from '../engine/launch/launch-runner.ts';
import type { Log } from '../engine/ports.ts';
import { sendRequest } from '../engine/store/inbox.ts';
import type { FolderController } from './folders/folder-controller.ts';
import type { Folders } from './folders/folders.ts';
import { runnerEnvironment, taskEnvironment } from './runner-environment.ts';
import type { Secrets } from './secrets.ts';
import { isCancelledOnClose } from './settings.ts';

/** Refused because the workspace is not trusted. */
const notTrusted = fail(
  'not-trusted',
  vscode.l10n.t('Nothing runs in a workspace that is not trusted.'),
  vscode.l10n.t('Trust it with "Workspaces: Manage Workspace Trust".'),
);

/** Starts executions in runner processes of their own, so that they outlive this window. */
export class Launcher implements Disposable {
  readonly #folders: Folders;
  readonly #secrets: Secrets;
  readonly #runner: string;
  readonly #log: Log;
  /** What this window started, by execution id. */
  readonly #started = new Map<
    string,
    { readonly folder: string; readonly isCancelledAtEnd: boolean }
  >();

  constructor(options: {
    readonly folders: Folders;
    readonly secrets: Secrets;
    /** Absolute path of the runner's bundle. */
    readonly runner: string;
    readonly log: Log;
  }) {
    this.#folders = options.folders;
    this.#secrets = options.secrets;
    this.#runner = options.runner;
    this.#log = options.log;
  }

  /** Starts an agent, with `to` only up to a task; the id comes once the execution is on disk. */
  start(
    folder: FolderController,
    agent: string,
    inputs: Readonly<Record<string, unknown>>,
    trigger: Trigger,
    to?: string,
  ): Promise<Result<{ readonly id: string }>> {
    return this.#launch(folder, agent, (engine) => ({
      type: 'start',
      engine,
      request: { agent, inputs, trigger, ...(to === undefined ? {} : { to }) },
    }));
  }

  /** Runs tasks of an execution that is over again. */
  restart(
    folder: FolderController,
    id: string,
    why: 'retry' | 'resume',
    tasks?: readonly string[],
  ): Promise<Result<{ readonly id: string }>> {
    return this.#launch(folder, id, (engine) => ({
      type: 'restart',
      engine,
      request: { id, why, by: personName(), ...(tasks === undefined ? {} : { tasks }) },
    }));
  }

  /** Cancels what this window started while the setting said so. Must not wait: the window is closing. */
  dispose(): void {
    for (const [id, { folder: key, isCancelledAtEnd }] of this.#started) {
      if (!isCancelledAtEnd) continue;
      const folder = this.#folders.get(key);
      const execution = folder?.find(id) ?? null;
      if (folder === null || (execution !== null && isExecutionOver(execution.status))) continue;
      sendRequest(folder.stateFolder, id, { type: 'cancel', task: null, by: personName() });
    }
  }

  async #launch(
    folder: FolderController,
    what: string,
    request: (engine: EngineOptionsJson) => RunnerRequest,
  ): Promise<Result<{ readonly id: string }>> {
    if (!vscode.workspace.isTrusted) return notTrusted;
    try {
      const engine = await this.#engine(folder);
      const launched = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Starting {0}…', what) },
        () => launchRunner(this.#command(), request(engine)),
      );
      if (!launched.ok) {
        this.#log.warn(`${what} did not start: ${launched.error.message}`);
        return launched;
      }
      // Read now: while a window closes its settings are not to be had any more.
      const isCancelledAtEnd = isCancelledOnClose();
      this.#started.set(launched.value.id, { folder: folder.key, isCancelledAtEnd });
      // The watcher will see it too; asking saves the wait.
      void folder.refreshExecutions();
      return launched;
    } catch (error) {
      this.#log.error(`${what} did not start: ${messageOf(error)}`);
      return fail('runner-failed', vscode.l10n.t('{0} did not start: {1}', what, messageOf(error)));
    }
  }

  #command(): RunnerCommand {
    return {
      file: process.execPath,
      args: [this.#runner],
      env: runnerEnvironment(process.env, process.versions['electron'] !== undefined),
    };
  }

  async #engine(folder: FolderController): Promise<EngineOptionsJson> {
    const { settings } = folder;
    return {
      workspace: folder.folder.uri.fsPath,
      stateFolder: settings.stateFolder,
      workflowsFolder: settings.workflowsFolder,
      fallbackWorkflow: settings.fallbackWorkflow,
      maxParallel: settings.maxParallel,
      keep: settings.keep,
      stuckAfterMs: settings.stuckAfterMs,
      environment: taskEnvironment(process.env),
      secrets: await this.#secrets.valuesOf(folder.key),
    };
  }
}

/** Who asks, for the record of a cancel, a retry or an approval. */
export function personName(): string {
  try {
    return `${userInfo().username} in VS Code`;
  } catch {
    // No entry in the user database, as in some containers.
    return 'VS Code';
  }
}
