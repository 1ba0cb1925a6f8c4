import * as vscode from 'vscode';
import { systemClock } from '../../engine/ports.ts';
import { runsOfExecution } from '../../engine/workflow/authoring/task-runs.ts';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import { describeMoment, joinParts } from '../describe-time.ts';
import type { Folders } from '../folders/folders.ts';
import { wordTaskRun } from '../decorations/decide-task-marks.ts';
import { isInPlaceOf, newestByAgent } from '../folder-state.ts';
import { commandIds, manageTrust, prefix } from '../ids.ts';
import { hasCodeLens, taskResults } from '../settings.ts';
import { wordForResult } from '../status-words.ts';
import { EchoedFire } from './echoed-fire.ts';
import { toVsRange } from './to-diagnostics.ts';
import { workflowFileOf, type WorkflowFile } from './workflow-files.ts';
import type { WorkflowValidation } from './workflow-validation.ts';

const { t } = vscode.l10n;

/** Files with more tasks than this have a lens at the top only. */
const maxTasks = 500;

/**
 * "Run" and the last result above the first line of a workflow file; "Run to here" above each task, and its last result
 * where the end of the line does not have it. In Restricted Mode, where nothing runs, the way out of it instead.
 */
export class RunLens implements vscode.CodeLensProvider, Disposable {
  readonly #folders: Folders;
  readonly #validation: WorkflowValidation;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #store = new DisposableStore();
  readonly #echoed: EchoedFire;
  #shown = '';

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(folders: Folders, validation: WorkflowValidation) {
    this.#folders = folders;
    this.#validation = validation;
    this.#store.add(this.#changed);
    this.#echoed = this.#store.add(new EchoedFire(systemClock, () => this.#changed.fire()));
    this.#store.add(folders.onDidChange(() => this.#update()));
    this.#store.add(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(prefix)) this.#echoed.tell();
      }),
    );
    this.#store.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#echoed.tell()));
    // Where the tasks stand is known only after the text was read.
    this.#store.add(validation.onDidChange(() => this.#echoed.tell()));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const file = workflowFileOf(this.#folders, document.uri);
    if (file === null || !hasCodeLens(document.uri)) return [];
    return [...this.#runLenses(file), ...this.#runToLenses(file), ...this.#results(file)];
  }

  dispose(): void {
    this.#store.dispose();
  }

  #runLenses(file: WorkflowFile): vscode.CodeLens[] {
    if (!vscode.workspace.isTrusted) {
      const title = t('Nothing runs in Restricted Mode: manage trust…');
      return [new vscode.CodeLens(top, { title: `$(lock) ${title}`, command: manageTrust })];
    }
    const agent = { folder: file.folder.key, agent: file.agent };
    const inputs = this.#validation.parsed(file.uri)?.workflow?.inputs ?? [];
    const run = lens(top, `$(play) ${t('Run')}`, commandIds.runWorkflow, agent);
    if (inputs.length === 0) return [run];
    // Without a given input `Run` asks too; what the other one adds are the values of the last time.
    return [run, lens(top, t('Run with inputs…'), commandIds.runWithInputs, agent)];
  }

  /** Only above tasks of a valid file: another one does not run. */
  #runToLenses(file: WorkflowFile): vscode.CodeLens[] {
    if (!vscode.workspace.isTrusted) return [];
    const parsed = this.#validation.parsed(file.uri);
    const tasks = parsed?.workflow?.tasks ?? [];
    // With one task it is the same as Run.
    if (tasks.length < 2 || tasks.length > maxTasks) return [];
    return tasks.flatMap(({ id, isFinally }) => {
      const range = parsed?.taskRanges.get(id);
      if (range === undefined || isFinally) return [];
      const target = { folder: file.folder.key, agent: file.agent, task: id };
      return [lens(toVsRange(range), t('Run to here'), commandIds.runTo, target)];
    });
  }

  /** How the newest execution did, and each of its tasks where nothing else says that. */
  #results(file: WorkflowFile): readonly vscode.CodeLens[] {
    const last = newestByAgent(file.folder.state.executions).get(file.agent);
    if (last === undefined) return [];
    const shown = taskResults(file.uri);
    // What stands at the end of the line is not said above it too.
    const isBeside = shown === 'text' || shown === 'both';
    return [resultLens(file, last), ...(isBeside ? [] : this.#taskLenses(file, last))];
  }

  #taskLenses(file: WorkflowFile, last: Execution): vscode.CodeLens[] {
    const ranges = this.#validation.parsed(file.uri)?.taskRanges;
    // One that ran in place of this agent has tasks of its own.
    if (ranges === undefined || ranges.size > maxTasks || isInPlaceOf(file.agent, last)) return [];
    const runs = runsOfExecution(last);
    return [...ranges].flatMap(([id, range]) => {
      const run = runs.get(id);
      if (run === undefined || run.status === 'pending') return [];
      const target = { folder: file.folder.key, execution: last.id, task: run.task };
      const title = t('Last: {0}', wordTaskRun(run, t));
      return [lens(toVsRange(range), title, commandIds.openDashboard, target)];
    });
  }

  /** Lenses shift the text when they come anew: only another result that can be seen is worth it. */
  #update(): void {
    const seen = vscode.window.visibleTextEditors.flatMap(({ document: { uri } }) => {
      const file = workflowFileOf(this.#folders, uri);
      if (file === null || !hasCodeLens(uri)) return [];
      return [{ uri: uri.toString(), says: this.#results(file).map(({ command }) => command) }];
    });
    const shown = JSON.stringify(seen);
    if (shown === this.#shown) return;
    this.#shown = shown;
    // Nobody looks: an editor that comes to be seen asks by itself.
    if (seen.length > 0) this.#echoed.tell();
  }
}

const top = new vscode.Range(0, 0, 0, 0);

function resultLens(file: WorkflowFile, last: Execution): vscode.CodeLens {
  const when = describeMoment(last.finishedAt ?? last.createdAt, new Date(), t);
  const title = t('Last: {0}', joinParts(wordForResult(file.agent, last, t), when));
  const target = { folder: file.folder.key, execution: last.id };
  return lens(top, title, commandIds.openDashboard, target);
}

function lens(
  range: vscode.Range,
  title: string,
  command: string,
  argument: object,
): vscode.CodeLens {
  return new vscode.CodeLens(range, { title, command, arguments: [argument] });
}
