/** Commands about failures that a person has dealt with. */
import * as vscode from 'vscode';
import type { Execution } from '../../model/execution.ts';
import { ok } from '../../model/result.ts';
import { findRunProblems, type RunProblem } from '../diagnostics/find-run-problems.ts';
import { chooseExecution } from './choose-execution.ts';
import type { Command } from './command-scope.ts';
import { readArgument } from './read-argument.ts';

/** How long the answer stands in the status bar, in milliseconds. */
const answerMs = 8000;

/** Takes the problems of an execution away; the execution stays as it is. */
export const markHandled: Command = async (scope, first, second) => {
  const open = (execution: Execution): readonly RunProblem[] =>
    findRunProblems([execution], []).filter((problem) => !scope.handled.has(problem));
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question: vscode.l10n.t('The failure of which execution is handled?'),
    none: vscode.l10n.t('There is no failure that is not handled.'),
    unfit: vscode.l10n.t('has no failure that is not handled'),
    isFit: (execution) => open(execution).length > 0,
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { execution } = chosen.value;
  await scope.handled.add(open(execution));
  const text = vscode.l10n.t('{0}: marked as handled', execution.name);
  vscode.window.setStatusBarMessage(`$(check) ${text}`, answerMs);
  return ok(execution.id);
};

/** Brings the problems back that were marked as handled. */
export const showHandled: Command = async (scope) => {
  await scope.handled.clear();
  return ok(undefined);
};
