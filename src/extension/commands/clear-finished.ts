import * as vscode from 'vscode';
import type { Execution } from '../../model/execution.ts';
import { ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import { removeExecutions } from '../../engine/store/state-follower.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { chooseExecution } from './choose-execution.ts';
import type { Command } from './command-scope.ts';
import { readArgument } from './read-argument.ts';

interface Batch {
  readonly folder: FolderController;
  readonly executions: readonly Execution[];
}

/** Deletes all finished executions and their logs, or the one that is named, after asking. */
export const clearFinished: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const isNamed = wanted.execution !== null || wanted.text !== null;
  if (isNamed) return remove(scope, first, second);
  const batches = scope.folders.all
    .filter(({ key }) => wanted.folder === null || key === wanted.folder)
    .map((folder) => ({
      folder,
      executions: folder.state.executions.filter(({ status }) => isExecutionOver(status)),
    }));
  const count = batches.reduce((sum, { executions }) => sum + executions.length, 0);
  if (count === 0) {
    void vscode.window.showInformationMessage('There is no finished execution.');
    return ok(0);
  }
  const what = count === 1 ? 'the finished execution' : `all ${String(count)} finished executions`;
  return removeAsked(batches, what, wanted.isAsking);
};

/** Deletes one finished execution and its logs, after asking. */
export const remove: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const chosen = await chooseExecution(scope, wanted, {
    question: 'Which execution shall be removed?',
    none: 'There is no finished execution.',
    unfit: 'is not over yet: cancel it first',
    isFit: ({ status }) => isExecutionOver(status),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, execution } = chosen.value;
  const batches = [{ folder, executions: [execution] }];
  return removeAsked(batches, `${execution.name} (${execution.id})`, wanted.isAsking);
};

async function removeAsked(
  batches: readonly Batch[],
  what: string,
  isAsking: boolean,
): Promise<Result<number | undefined>> {
  if (isAsking) {
    const verb = 'Remove';
    const options = { modal: true, detail: 'Their logs are deleted too. This cannot be undone.' };
    const answer = await vscode.window.showWarningMessage(`Remove ${what}?`, options, verb);
    if (answer !== verb) return ok(undefined);
  }
  let count = 0;
  for (const { folder, executions } of batches) {
    if (executions.length === 0) continue;
    const ids = executions.map(({ id }) => id);
    const removed = await removeExecutions(folder.stateFolder, ids);
    if (!removed.ok) return removed;
    count += removed.value;
    await folder.refreshExecutions();
  }
  return ok(count);
}
