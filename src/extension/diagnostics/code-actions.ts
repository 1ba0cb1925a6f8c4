import * as vscode from 'vscode';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { commandIds } from '../ids.ts';
import type { PlacedProblem, RunDiagnostics } from './run-diagnostics.ts';
import { toVsRange } from './to-diagnostics.ts';
import type { WorkflowValidation } from './workflow-validation.ts';

/** Quick fixes of validation messages; Retry, Open Log and Show on failed and stuck tasks. */
export class WorkflowCodeActions implements vscode.CodeActionProvider {
  readonly #validation: WorkflowValidation;
  readonly #runs: RunDiagnostics;

  constructor(validation: WorkflowValidation, runs: RunDiagnostics) {
    this.#validation = validation;
    this.#runs = runs;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const { uri } = document;
    const touched = this.#validation
      .diagnosticsOf(uri)
      .filter((diagnostic) => toVsRange(diagnostic).intersection(range) !== undefined);
    const problems = this.#runs
      .placedIn(uri)
      .filter((placed) => placed.range.intersection(range) !== undefined);
    return [
      ...touched.flatMap((diagnostic) => fixOf(uri, diagnostic)),
      ...problems.flatMap(actionsOf),
    ];
  }
}

function fixOf(uri: vscode.Uri, diagnostic: Diagnostic): vscode.CodeAction[] {
  const { fix, otherFix } = diagnostic;
  return [fix, otherFix].flatMap((one, at) => {
    if (one === undefined) return [];
    const action = new vscode.CodeAction(one.title, vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    for (const { range, text } of one.edits) action.edit.replace(uri, toVsRange(range), text);
    action.isPreferred = at === 0;
    return [action];
  });
}

function actionsOf({ folder, problem }: PlacedProblem): vscode.CodeAction[] {
  const { execution, task, attempt } = problem;
  const target = { folder, execution, task, attempt };
  const isFailure = problem.code !== 'stuck';
  return [
    ...(isFailure ? [commandAction('Retry', commandIds.retry, target)] : []),
    ...(problem.log === null ? [] : [commandAction('Open Log', commandIds.openLog, target)]),
    ...(problem.code === 'stuck'
      ? [commandAction('Cancel Execution', commandIds.cancel, { folder, execution })]
      : []),
    commandAction('Show Execution', commandIds.openDashboard, target),
  ];
}

function commandAction(title: string, command: string, argument: object): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command, arguments: [argument] };
  return action;
}
