import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import type { Folders } from '../folders/folders.ts';
import { commandIds, diagnosticSource } from '../ids.ts';
import { findRunProblems, placeProblem, type RunProblem } from './find-run-problems.ts';
import { SteadyEvidence } from './steady-evidence.ts';
import { toVsRange } from './to-diagnostics.ts';
import { workflowUri } from './workflow-files.ts';
import type { WorkflowValidation } from './workflow-validation.ts';

/** A problem where it stands now, for code actions. */
export interface PlacedProblem {
  readonly folder: string;
  readonly problem: RunProblem;
  readonly range: vscode.Range;
}

/** Failed and stuck tasks as diagnostics on their keys. */
export class RunDiagnostics implements Disposable {
  readonly #folders: Folders;
  readonly #validation: WorkflowValidation;
  readonly #collection = vscode.languages.createDiagnosticCollection('agent-executor-run');
  readonly #steady = new SteadyEvidence();
  readonly #published = new Map<string, string>();
  #placed: ReadonlyMap<string, readonly PlacedProblem[]> = new Map();
  readonly #store = new DisposableStore();
  #isUpdating = false;
  #isStale = false;

  constructor(folders: Folders, validation: WorkflowValidation) {
    this.#folders = folders;
    this.#validation = validation;
    this.#store.add(this.#collection);
    this.#store.add(folders.onDidChange(() => void this.#update()));
    this.#store.add(validation.onDidChange(() => void this.#update()));
  }

  /** The problems of a file as they were published last. */
  placedIn(uri: vscode.Uri): readonly PlacedProblem[] {
    return this.#placed.get(uri.toString()) ?? [];
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** One update at a time; what changes meanwhile makes one more. */
  async #update(): Promise<void> {
    this.#isStale = true;
    if (this.#isUpdating) return;
    this.#isUpdating = true;
    try {
      // The flag is set again from outside while this waits.
      while (this.#isStale && !this.#store.isDisposed) {
        this.#isStale = false;
        await this.#publish();
      }
    } finally {
      this.#isUpdating = false;
    }
  }

  async #publish(): Promise<void> {
    const placed = new Map<string, PlacedProblem[]>();
    const nowMs = Date.now();
    for (const folder of this.#folders.all) {
      const { executions, verdicts } = folder.state;
      for (const problem of findRunProblems(executions, this.#steady.update(verdicts, nowMs))) {
        const uri = workflowUri(folder, problem.path);
        const range = await this.#rangeOf(uri, problem);
        if (range === null) continue;
        const list = placed.get(uri.toString()) ?? [];
        list.push({ folder: folder.key, problem, range });
        placed.set(uri.toString(), list);
      }
    }
    if (this.#store.isDisposed) return;
    this.#placed = placed;
    for (const key of this.#published.keys()) {
      if (placed.has(key)) continue;
      this.#published.delete(key);
      this.#collection.delete(vscode.Uri.parse(key, true));
    }
    for (const [key, problems] of placed) {
      const text = JSON.stringify(problems);
      if (this.#published.get(key) === text) continue;
      this.#published.set(key, text);
      const diagnostics = problems.map((one) => this.#toDiagnostic(one));
      this.#collection.set(vscode.Uri.parse(key, true), diagnostics);
    }
  }

  async #rangeOf(uri: vscode.Uri, problem: RunProblem): Promise<vscode.Range | null> {
    const parsed = this.#validation.parsed(uri) ?? (await this.#validation.parse(uri));
    if (parsed === null) return null;
    const place = placeProblem(problem, parsed.taskRanges);
    return place === null ? null : toVsRange(place);
  }

  #toDiagnostic({ folder, problem, range }: PlacedProblem): vscode.Diagnostic {
    const severity =
      problem.severity === 'error'
        ? vscode.DiagnosticSeverity.Error
        : vscode.DiagnosticSeverity.Warning;
    const diagnostic = new vscode.Diagnostic(range, problem.message, severity);
    diagnostic.source = diagnosticSource;
    diagnostic.code = { value: problem.code, target: commandUri(folder, problem) };
    const log = this.#logUri(this.#folders.get(folder), problem);
    if (log !== null) {
      diagnostic.relatedInformation = [
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(log, new vscode.Position(0, 0)),
          `Log of ${problem.task}, attempt ${String(problem.attempt)}`,
        ),
      ];
    }
    return diagnostic;
  }

  #logUri(folder: FolderController | null, problem: RunProblem): vscode.Uri | null {
    return folder === null || problem.log === null
      ? null
      : vscode.Uri.file(folder.logFile(problem.log));
  }
}

/** What a click on the code does: opens the log, or shows the execution where there is none. */
function commandUri(folder: string, problem: RunProblem): vscode.Uri {
  const { execution, task, attempt } = problem;
  const command = problem.log === null ? commandIds.showExecution : commandIds.openLog;
  const args = JSON.stringify([{ folder, execution, task, attempt }]);
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(args)}`);
}
