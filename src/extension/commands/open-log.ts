import * as vscode from 'vscode';
import type { Attempt, TaskExecution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { logOfExecution } from '../executions/context-words.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { newestByAgent } from '../folder-state.ts';
import { findErrorLine } from '../logs/find-error-line.ts';
import { logFileOf, logUri } from '../logs/log-uri.ts';
import { chooseExecution, chooseTask, type ChosenExecution } from './choose-execution.ts';
import { chooseAgent } from './choose-agent.ts';
import type { Command } from './command-scope.ts';
import { readArgument, type Wanted } from './read-argument.ts';

const { t } = vscode.l10n;

/**
 * Opens the log of an attempt as a document that follows it; of the newest attempt when none is named. At its end, or
 * where the argument says so at what went wrong.
 */
export const openLog: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const chosen = await chooseExecution(scope, wanted, {
    question: t('Of which execution shall the log be opened?'),
    none: t('There is no log yet.'),
    unfit: t('has no log'),
    isFit: (execution, task) =>
      task === null ? logOfExecution(execution) !== null : task.attempts.length > 0,
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const task = await chooseLoggedTask(chosen.value, wanted);
  if (task === undefined) return ok(undefined);
  const attempt =
    wanted.attempt === null
      ? task.attempts.at(-1)
      : task.attempts.find((one) => one.attempt === wanted.attempt);
  if (attempt === undefined) return fail('unknown-attempt', t('{0} has no such attempt.', task.id));
  return show(chosen.value.folder, chosen.value.execution.id, attempt, wanted.isAtError);
};

/** Opens the log of an agent's newest execution. */
export const openLastLog: Command = async (scope, first) => {
  const chosen = await chooseAgent(scope, readArgument(first), t('The log of which agent?'));
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, agent } = chosen.value;
  const last = newestByAgent(folder.state.executions).get(agent);
  const attempt = last === undefined ? undefined : logOfExecution(last)?.attempts.at(-1);
  if (last === undefined || attempt === undefined) {
    return fail('no-log', t('{0} has no log yet.', agent));
  }
  return show(folder, last.id, attempt);
};

/** Opens the file behind the log document that is in front. */
export const openRawLog: Command = async (scope, first) => {
  const uri = first instanceof vscode.Uri ? first : vscode.window.activeTextEditor?.document.uri;
  const file = uri === undefined ? null : logFileOf(scope.folders, uri);
  if (file === null) return fail('no-log', t('No log is open.'));
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
  return ok(file);
};

/** From the palette the person picks the task; from a row or by id the one that matters most is taken. */
async function chooseLoggedTask(
  { execution, task }: ChosenExecution,
  wanted: Wanted,
): Promise<TaskExecution | undefined> {
  if (task !== null) return task;
  const isNamed = wanted.execution !== null || wanted.text !== null;
  if (isNamed) return logOfExecution(execution) ?? undefined;
  return chooseTask(execution, t('The log of which task?'), ({ attempts }) => attempts.length > 0);
}

async function show(
  folder: FolderController,
  execution: string,
  attempt: Attempt,
  isAtError = false,
): Promise<Result<unknown>> {
  const document = await vscode.workspace.openTextDocument(
    logUri({ folder: folder.key, execution, log: attempt.log }),
  );
  const editor = await vscode.window.showTextDocument(document, { preview: true });
  const error = isAtError ? findErrorLine(document.getText()) : null;
  const place =
    error === null
      ? document.lineAt(document.lineCount - 1).range.end
      : document.lineAt(error.line).range.start;
  editor.selection = new vscode.Selection(place, place);
  editor.revealRange(
    new vscode.Range(place, place),
    error === null
      ? vscode.TextEditorRevealType.Default
      : vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
  return ok(document.uri.toString());
}
