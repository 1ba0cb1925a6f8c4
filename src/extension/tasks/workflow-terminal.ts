import * as vscode from 'vscode';
import { sendRequest } from '../../engine/store/inbox.ts';
import { readExecution } from '../../engine/store/read-execution.ts';
import { DisposableStore } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import { messageOf } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { askInputs } from '../commands/ask-inputs.ts';
import { describeTrouble } from '../describe-trouble.ts';
import { tell } from '../tell.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { personName } from '../launcher.ts';
import { exitCodeOf, RunTranscript } from './run-transcript.ts';
import type { TaskScope } from './register-tasks.ts';

/** What to run. */
export interface WorkflowRun {
  readonly folder: FolderController;
  readonly agent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** VS Code calls a terminal that ends badly sooner than this "failed to launch". */
const shortestMs = 1000;
const lookMs = 500;
/** Longer than a window takes to end after its terminals. */
const closingMs = 1500;
const refused = 2;
const cancelled = 130;

/** The terminal of one run of a task: starts the agent in a runner, follows it, and ends with its exit code. */
export class WorkflowTerminal implements vscode.Pseudoterminal {
  readonly #scope: TaskScope;
  readonly #run: WorkflowRun;
  readonly #store = new DisposableStore();
  readonly #written = this.#store.add(new vscode.EventEmitter<string>());
  readonly #closed = this.#store.add(new vscode.EventEmitter<number>());
  readonly #openedMs = Date.now();
  #id: string | null = null;
  #last: Execution | null = null;
  #cancels = 0;

  readonly onDidWrite = this.#written.event;
  readonly onDidClose = this.#closed.event;

  constructor(scope: TaskScope, run: WorkflowRun) {
    this.#scope = scope;
    this.#run = run;
  }

  open(): void {
    void this.#follow()
      .catch((error: unknown) => {
        this.#written.fire(`${messageOf(error)}\r\n`);
        return refused;
      })
      .then((code) => this.#end(code));
  }

  /**
   * "Terminate Task", or the terminal was thrown away: nobody follows the run any more, so it is stopped. A window that
   * closes or reloads ends its terminals too, and that must not stop the run: only a window that is still there a
   * moment later was meant.
   */
  close(): void {
    if (this.#store.isDisposed) return;
    this.#store.dispose();
    setTimeout(() => {
      if (this.#scope.folders.get(this.#run.folder.key) !== null) this.#cancel();
    }, closingMs);
  }

  handleInput(data: string): void {
    if (data === '\u0003') this.#cancel();
  }

  async #follow(): Promise<number> {
    const { folder, agent } = this.#run;
    const inputs = await this.#inputs();
    if (inputs === null) return cancelled;
    const trigger = { kind: 'manual', source: 'vscode' } as const;
    const started = await this.#scope.launcher.start(folder, agent, inputs, trigger);
    if (!started.ok) {
      this.#written.fire(`${describeTrouble(started.error, tell).replaceAll('\n', '\r\n')}\r\n`);
      return refused;
    }
    this.#id = started.value.id;
    // Asked for while it started.
    if (this.#cancels > 0) this.#send();
    return this.#transcribe(started.value.id);
  }

  async #transcribe(id: string): Promise<number> {
    const transcript = this.#store.add(
      new RunTranscript({
        logFile: (log) => this.#run.folder.logFile(log),
        find: (wanted) => this.#find(wanted),
        write: (text) => this.#written.fire(text),
      }),
    );
    const over = await new Promise<Execution>((resolve) => {
      const look = (): void => {
        const execution = this.#find(id);
        if (execution === null) return;
        this.#last = execution;
        transcript.update(execution);
        if (isExecutionOver(execution.status)) resolve(execution);
      };
      this.#store.add(this.#scope.folders.onDidChange(look));
      // The net under the events: the folder may have started anew with other settings.
      const timer = setInterval(look, lookMs);
      this.#store.add({ dispose: () => clearInterval(timer) });
      look();
    });
    await transcript.finish(over);
    return exitCodeOf(over);
  }

  /** As the window knows it, else as its journal says. */
  #find(id: string): Execution | null {
    const { folder } = this.#run;
    const known = this.#scope.folders.get(folder.key)?.find(id) ?? null;
    if (known !== null) return known;
    const read = readExecution(folder.stateFolder, id);
    return read.ok ? read.value : null;
  }

  /** The inputs of the task; those that are required and missing are asked for. Null: the person gave up. */
  async #inputs(): Promise<Readonly<Record<string, unknown>> | null> {
    const { folder, agent, inputs } = this.#run;
    const { loadWorkflow } = await this.#scope.language.load();
    const workspace = folder.folder.uri.fsPath;
    const loaded = await loadWorkflow(workspace, folder.settings.workflowsFolder, agent);
    if (loaded.kind !== 'valid' || !vscode.workspace.isTrusted) return inputs;
    const specs = loaded.workflow.inputs.filter(
      (spec) => spec.required && spec.default === null && inputs[spec.name] === undefined,
    );
    if (specs.length === 0) return inputs;
    const uri = folder.folder.uri;
    const asked = await askInputs({ title: `Run ${agent}`, folder: uri, specs, start: {} });
    return asked === undefined ? null : { ...inputs, ...asked };
  }

  #cancel(): void {
    this.#cancels += 1;
    if (this.#id === null) return;
    if (this.#last !== null && isExecutionOver(this.#last.status)) return;
    const what = this.#cancels === 1 ? 'Cancelling; Ctrl+C again kills.' : 'Killing.';
    this.#written.fire(`${what}\r\n`);
    this.#send();
  }

  #send(): void {
    if (this.#id === null) return;
    const type = this.#cancels > 1 ? 'kill' : 'cancel';
    const { stateFolder } = this.#run.folder;
    const sent = sendRequest(stateFolder, this.#id, { type, task: null, by: personName() });
    if (!sent.ok) this.#written.fire(`${describeTrouble(sent.error, tell)}\r\n`);
  }

  #end(code: number): void {
    const end = (): void => {
      if (this.#store.isDisposed) return;
      this.#closed.fire(code);
      this.#store.dispose();
    };
    const restMs = code === 0 ? 0 : this.#openedMs + shortestMs - Date.now();
    if (restMs <= 0) end();
    else setTimeout(end, restMs);
  }
}
