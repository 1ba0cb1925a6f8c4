import * as vscode from 'vscode';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isExecutionOver } from '../../model/status.ts';
import { executionWords, taskWords } from '../executions/context-words.ts';
import { commandIds, diagnosticSource } from '../ids.ts';
import { planTimeout } from './plan-timeout.ts';
import type { FeatureScope } from './register-workflow-features.ts';
import type { PlacedProblem, RunDiagnostics } from './run-diagnostics.ts';
import { toVsRange } from './to-diagnostics.ts';
import { tell } from '../tell.ts';

/** Quick fixes of validation messages, and what can be done about failed, interrupted and stuck tasks. */
export class WorkflowCodeActions implements vscode.CodeActionProvider {
  readonly #scope: FeatureScope;
  readonly #runs: RunDiagnostics;

  constructor(scope: FeatureScope, runs: RunDiagnostics) {
    this.#scope = scope;
    this.#runs = runs;
  }

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    const { uri } = document;
    const touched = this.#scope.validation
      .diagnosticsOf(uri)
      .filter((diagnostic) => toVsRange(diagnostic).intersection(range) !== undefined);
    const problems = this.#runs
      .placedIn(uri)
      .filter((placed) => placed.range.intersection(range) !== undefined);
    return [
      ...touched.flatMap((diagnostic) => fixOf(uri, diagnostic)),
      ...problems.flatMap((placed) => {
        const diagnostics = context.diagnostics.filter((one) => isAbout(one, placed));
        return this.#actionsOf(document, placed).map((action) =>
          Object.assign(action, { diagnostics }),
        );
      }),
    ];
  }

  #actionsOf(
    document: vscode.TextDocument,
    { folder, problem }: PlacedProblem,
  ): readonly vscode.CodeAction[] {
    const { execution: id, task: taskId, attempt } = problem;
    const execution = this.#scope.folders.get(folder)?.find(id);
    const task = execution?.tasks.find((one) => one.id === taskId);
    if (execution === undefined || execution === null || task === undefined) return [];
    const target = { folder, execution: id, task: taskId, attempt };
    const ofExecution = { folder, execution: id };
    const isStuck = problem.code === 'stuck';
    const isOver = isExecutionOver(execution.status);
    // In Restricted Mode nothing is offered that would run something.
    const { isTrusted } = vscode.workspace;
    const raise =
      problem.code === 'timeout' ? raiseTimeout(document, problem.key, task.timeoutMs) : null;
    const { t } = vscode.l10n;
    return [
      ...(isTrusted && taskWords(execution, task).includes('retryable')
        ? [commandAction(t('Retry from Here'), commandIds.retry, target)]
        : []),
      ...(isTrusted && executionWords(execution).includes('resumable')
        ? [commandAction(t('Resume Execution'), commandIds.resume, ofExecution)]
        : []),
      ...(raise === null ? [] : [raise.action]),
      ...(raise === null || !isTrusted || !isOver || execution.parent !== null
        ? []
        : [raiseAndRunAgain(raise, ofExecution)]),
      ...(problem.log === null
        ? []
        : isStuck
          ? [commandAction(t('Open Log'), commandIds.openLog, target)]
          : [
              commandAction(t('Open Log at the Error'), commandIds.openLog, {
                ...target,
                at: 'error',
              }),
            ]),
      ...(isStuck
        ? [commandAction(t('Cancel Execution'), commandIds.cancel, ofExecution)]
        : [commandAction(t('Mark as Handled'), commandIds.markHandled, ofExecution)]),
      commandAction(t('Show Execution'), commandIds.openDashboard, target),
    ];
  }
}

function fixOf(uri: vscode.Uri, diagnostic: Diagnostic): vscode.CodeAction[] {
  const { fix, otherFix } = diagnostic;
  return [fix, otherFix].flatMap((one, at) => {
    if (one === undefined) return [];
    const action = new vscode.CodeAction(tell(one.title), vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    for (const { range, text } of one.edits) action.edit.replace(uri, toVsRange(range), text);
    action.isPreferred = at === 0;
    return [action];
  });
}

/** Whether a message of the editor is the one of a problem. */
function isAbout(
  { source, range, code }: vscode.Diagnostic,
  { problem, ...placed }: PlacedProblem,
) {
  const value = typeof code === 'object' ? code.value : code;
  return source === diagnosticSource && value === problem.code && range.isEqual(placed.range);
}

/** What raises a timeout, and to what. */
interface Raise {
  readonly value: string;
  readonly action: vscode.CodeAction;
}

function raiseTimeout(
  document: vscode.TextDocument,
  key: string,
  usedMs: number | null,
): Raise | null {
  const raised = planTimeout(document.getText(), key, usedMs);
  if (raised === null) return null;
  const { value, edit } = raised;
  const title = vscode.l10n.t('Raise Timeout to {0}', value);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  const range = new vscode.Range(
    document.positionAt(edit.span.start),
    document.positionAt(edit.span.end),
  );
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, range, edit.text);
  return { value, action };
}

/** A retry would keep the timeout that it was started with: only a new execution uses the raised one. */
function raiseAndRunAgain({ value, action }: Raise, execution: object): vscode.CodeAction {
  const title = vscode.l10n.t('Raise Timeout to {0} and Run All Tasks Again', value);
  // The command runs after the edit, and saves the file.
  const both = commandAction(title, commandIds.runAgain, execution);
  if (action.edit !== undefined) both.edit = action.edit;
  return both;
}

function commandAction(title: string, command: string, argument: object): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { title, command, arguments: [argument] };
  return action;
}
