import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import { commandIds, diagnosticSource } from '../ids.ts';
import { logUri } from '../logs/log-uri.ts';
import { ErrorPlaces } from './error-places.ts';
import { findRunProblems, placeProblem, type RunProblem } from './find-run-problems.ts';
import type { HandledFailures } from './handled-failures.ts';
import type { FeatureScope } from './register-workflow-features.ts';
import { SteadyEvidence } from './steady-evidence.ts';
import { tell } from '../tell.ts';
import { toVsRange } from './to-diagnostics.ts';
import { workflowUri } from './workflow-files.ts';
import type { WorkflowValidation } from './workflow-validation.ts';

/** A problem where it stands now, for code actions. */
export interface PlacedProblem {
  readonly folder: string;
  readonly problem: RunProblem;
  readonly range: vscode.Range;
  /** Where its log says what went wrong; null without a log. */
  readonly error: { readonly line: number; readonly text: string } | null;
}

/** Failed, interrupted and stuck tasks as diagnostics on their keys. */
export class RunDiagnostics implements Disposable {
  readonly #folders: Folders;
  readonly #validation: WorkflowValidation;
  readonly #handled: HandledFailures;
  readonly #errors = new ErrorPlaces();
  readonly #collection = vscode.languages.createDiagnosticCollection('agent-executor-run');
  readonly #steady = new SteadyEvidence();
  readonly #published = new Map<string, string>();
  #placed: ReadonlyMap<string, readonly PlacedProblem[]> = new Map();
  readonly #store = new DisposableStore();
  #isUpdating = false;
  #isStale = false;

  constructor({ folders, validation, handled }: FeatureScope) {
    this.#folders = folders;
    this.#validation = validation;
    this.#handled = handled;
    this.#store.add(this.#collection);
    this.#store.add(folders.onDidChange(() => void this.#update()));
    this.#store.add(validation.onDidChange(() => void this.#update()));
    this.#store.add(handled.onDidChange(() => void this.#update()));
    void this.#update();
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
    const logs = new Set<string>();
    for (const folder of this.#folders.all) {
      const { executions, verdicts } = folder.state;
      for (const problem of findRunProblems(
        executions,
        this.#steady.update(verdicts, nowMs),
        vscode.l10n.t,
        tell,
      )) {
        const uri = workflowUri(folder, problem.path);
        const range = await this.#rangeOf(uri, problem);
        if (range === null || this.#handled.has(problem)) continue;
        const log =
          problem.log === null || problem.code === 'stuck' ? null : folder.logFile(problem.log);
        if (log !== null) logs.add(log);
        const error = log === null ? null : await this.#errors.find(log);
        const list = placed.get(uri.toString()) ?? [];
        list.push({ folder: folder.key, problem, range, error });
        placed.set(uri.toString(), list);
      }
    }
    this.#errors.keep(logs);
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

  #toDiagnostic({ folder, problem, range, error }: PlacedProblem): vscode.Diagnostic {
    const severity =
      problem.severity === 'error'
        ? vscode.DiagnosticSeverity.Error
        : vscode.DiagnosticSeverity.Warning;
    const diagnostic = new vscode.Diagnostic(range, problem.message, severity);
    diagnostic.source = diagnosticSource;
    diagnostic.code = { value: problem.code, target: commandUri(folder, problem) };
    const { execution, task, attempt, log } = problem;
    if (log !== null) {
      const uri = logUri({ folder, execution, log });
      const place = new vscode.Location(uri, new vscode.Position(error?.line ?? 0, 0));
      const said =
        error?.text ?? vscode.l10n.t('Log of {0}, attempt {1}', task, String(attempt ?? 1));
      diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(place, said)];
    }
    return diagnostic;
  }
}

/** What a click on the code does: opens the log, or shows the execution where there is none. */
function commandUri(folder: string, problem: RunProblem): vscode.Uri {
  const { execution, task, attempt } = problem;
  const command = problem.log === null ? commandIds.showExecution : commandIds.openLog;
  const args = JSON.stringify([{ folder, execution, task, attempt, at: 'error' }]);
  return vscode.Uri.parse(`command:${command}?${encodeURIComponent(args)}`);
}
