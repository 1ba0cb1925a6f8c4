import * as vscode from 'vscode';
import { DisposableStore, Emitter, type Disposable, type Event } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import { messageOf } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { StuckWatch } from '../../engine/liveness/stuck.ts';
import type { Log } from '../../engine/ports.ts';
import { logPath, stateFolderOf, type StateFolder } from '../../engine/store/state-folder.ts';
import { StateFollower, type StoreSnapshot } from '../../engine/store/state-follower.ts';
import { describeTransitions } from '../logs/describe-transitions.ts';
import type { AgentState, FolderState } from '../folder-state.ts';
import type { FolderSettings } from '../settings.ts';
import { AgentFiles } from './agent-files.ts';
import { describeVanished } from './describe-vanished.ts';
import { watchWorkflows } from './watch-workflows.ts';

/** What a controller needs. */
export interface FolderControllerOptions {
  readonly folder: vscode.WorkspaceFolder;
  readonly settings: FolderSettings;
  readonly isTrusted: boolean;
  readonly log: Log;
}

/** Everything about one workspace folder: its agents, its executions, what is stuck. */
export class FolderController implements Disposable {
  readonly folder: vscode.WorkspaceFolder;
  readonly key: string;
  readonly settings: FolderSettings;
  readonly stateFolder: StateFolder;
  readonly agentFiles: AgentFiles;
  readonly #follower: StateFollower;
  readonly #stuck: StuckWatch;
  readonly #log: Log;
  readonly #store = new DisposableStore();
  readonly #changed = new Emitter<void>();
  readonly #vanished = new Emitter<string>();
  readonly #known = new Map<string, Execution>();
  /** Executions of which it was told that their records are gone. */
  readonly #toldLost = new Set<string>();
  #hasStarted = false;
  #problems: ReadonlyMap<string, string> = new Map();
  #state: FolderState | null = null;

  /** Fires after every difference in `state`. */
  readonly onDidChange: Event<void> = this.#changed.event;
  /** Fires with a text for a person when running executions disappear from the records. */
  readonly onDidVanish: Event<string> = this.#vanished.event;

  constructor(options: FolderControllerOptions) {
    const { folder, settings, log } = options;
    this.folder = folder;
    this.key = folder.uri.toString();
    this.settings = settings;
    this.#log = log;
    this.stateFolder = stateFolderOf(folder.uri.fsPath, settings.stateFolder);
    this.agentFiles = this.#store.add(
      new AgentFiles({
        workspace: folder.uri.fsPath,
        workflowsFolder: settings.workflowsFolder,
        watch: (touch) => watchWorkflows(folder, settings.workflowsFolder, touch),
        log,
      }),
    );
    this.#follower = this.#store.add(
      // Recovery writes: a folder that is not trusted is only looked at.
      new StateFollower({ folder: this.stateFolder, log, recover: options.isTrusted }),
    );
    this.#stuck = this.#store.add(
      new StuckWatch({
        folder: this.stateFolder,
        follower: this.#follower,
        stuckAfterMs: settings.stuckAfterMs,
        past: async (agent) => {
          const { readPastRuns } = await import('./past-entry.ts');
          return readPastRuns(this.stateFolder, agent);
        },
        log,
      }),
    );
    // Told after each look, also one that found what was there.
    this.#store.add(this.agentFiles.onDidChange(() => this.#hasSameAgents() || this.#touch()));
    this.#store.add(this.#stuck.onDidChange(() => this.#touch()));
    this.#store.add(
      this.#follower.onDidChange(({ snapshot, changed, removed }) => {
        // Who shows it comes before the log: twenty lines of it take as long as what is shown.
        this.#touch();
        this.#report(snapshot, changed, removed);
      }),
    );
    this.#store.add(this.#changed);
    this.#store.add(this.#vanished);
  }

  /** Reads the folder for the first time. Trouble is part of the state, never thrown. */
  async start(): Promise<void> {
    await Promise.all([this.agentFiles.refresh(), this.#startFollowing()]);
    this.#touch();
  }

  /** The folder as it is now; the same object until something changes. */
  get state(): FolderState {
    this.#state ??= {
      key: this.key,
      name: this.folder.name,
      agents: this.agentFiles.files.map(({ agent, path }): AgentState => {
        return { agent, path, problem: this.#problems.get(path) ?? null };
      }),
      executions: this.#follower.snapshot.executions,
      verdicts: this.#stuck.verdicts,
      trouble: this.#follower.snapshot.trouble,
    };
    return this.#state;
  }

  /** When the executions were read last. */
  get readAt(): string {
    return this.#follower.snapshot.readAt;
  }

  /** Takes over the first error of each file that is not valid, by workspace-relative path. */
  setProblems(problems: ReadonlyMap<string, string>): void {
    this.#problems = problems;
    this.#touch();
  }

  /** Reads everything again now. */
  async refresh(): Promise<void> {
    await Promise.all([this.agentFiles.refresh(), this.#follower.refresh()]);
  }

  /** Reads the executions again now. */
  async refreshExecutions(): Promise<void> {
    await this.#follower.refresh();
  }

  /** The execution with exactly this id. */
  find(id: string): Execution | null {
    return this.state.executions.find((execution) => execution.id === id) ?? null;
  }

  /** The absolute path of a log of this folder. */
  logFile(log: string): string {
    return logPath(this.stateFolder, log);
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #startFollowing(): Promise<void> {
    try {
      const { executions, lost } = await this.#follower.start();
      for (const execution of executions) this.#known.set(execution.id, execution);
      this.#tellLost(lost);
      this.#hasStarted = true;
      // What is over was told when it happened; what goes on is worth a line.
      for (const execution of executions.filter(({ status }) => !isExecutionOver(status))) {
        this.#log.info(`${execution.id} ${execution.agent}: ${execution.status}`);
      }
    } catch (error) {
      this.#log.error(`could not follow ${this.stateFolder.root}: ${messageOf(error)}`);
    }
  }

  #hasSameAgents(): boolean {
    const { files } = this.agentFiles;
    const agents = this.#state?.agents;
    return (
      agents?.length === files.length &&
      files.every(({ agent, path }, at) => agents[at]?.agent === agent && agents[at].path === path)
    );
  }

  #touch(): void {
    this.#state = null;
    this.#changed.fire();
  }

  #report(
    { executions, lost }: StoreSnapshot,
    changed: readonly string[],
    removed: readonly string[],
  ): void {
    if (!this.#hasStarted) return;
    this.#tellLost([...removed, ...lost]);
    for (const id of removed) this.#known.delete(id);
    const ids = new Set(changed);
    for (const execution of executions) {
      if (!ids.has(execution.id)) continue;
      const before = this.#known.get(execution.id) ?? null;
      this.#known.set(execution.id, execution);
      for (const { level, text } of describeTransitions(before, execution)) this.#log[level](text);
    }
  }

  /** Once for each that goes on: it leaves the view with the folder, and comes back when its runner writes the view. */
  #tellLost(ids: readonly string[]): void {
    const news = ids.filter((id) => !this.#toldLost.has(id));
    const gone = news.flatMap((id) => this.#known.get(id) ?? []);
    const text = describeVanished(gone, this.stateFolder.root, vscode.l10n.t);
    if (text === null) return;
    for (const { id } of gone) this.#toldLost.add(id);
    this.#log.warn(text);
    this.#vanished.fire(text);
  }
}
