import * as vscode from 'vscode';
import { ok, type Result } from '../../model/result.ts';
import { isExecutionOver } from '../../model/status.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { chooseExecution } from './choose-execution.ts';
import type { Command } from './command-scope.ts';
import { readArgument } from './read-argument.ts';
import { describeCount } from '../describe-count.ts';

const { t } = vscode.l10n;

interface Batch {
  readonly folder: FolderController;
  readonly ids: readonly string[];
}

/** Deletes all finished executions and their logs, also those that no view shows any more, or the one that is named; after asking. */
export const clearFinished: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const isNamed = wanted.execution !== null || wanted.text !== null;
  if (isNamed) return remove(scope, first, second);
  const folders = scope.folders.all.filter(
    ({ key }) => wanted.folder === null || key === wanted.folder,
  );
  const { findFinished } = await import('../tools/tools-entry.ts');
  const batches = await Promise.all(
    folders.map(async (folder) => ({ folder, ids: await findFinished(folder) })),
  );
  const count = batches.reduce((sum, { ids }) => sum + ids.length, 0);
  if (count === 0) {
    void vscode.window.showInformationMessage(t('There is no finished execution.'));
    return ok(0);
  }
  const what =
    count === 1
      ? t('the finished execution')
      : t('all {0} finished executions', describeCount(count, t));
  return removeAsked(batches, what, wanted.isAsking);
};

/** Deletes one finished execution and its logs, after asking. */
export const remove: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const chosen = await chooseExecution(scope, wanted, {
    question: t('Which execution shall be removed?'),
    none: t('There is no finished execution.'),
    unfit: t('is not over yet: cancel it first'),
    isFit: ({ status }) => isExecutionOver(status),
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, execution } = chosen.value;
  const batches = [{ folder, ids: [execution.id] }];
  return removeAsked(batches, `${execution.name} (${execution.id})`, wanted.isAsking);
};

async function removeAsked(
  batches: readonly Batch[],
  what: string,
  isAsking: boolean,
): Promise<Result<number | undefined>> {
  if (isAsking) {
    const verb = t('Remove');
    const options = {
      modal: true,
      detail: t('Their logs are deleted too. This cannot be undone.'),
    };
    const answer = await vscode.window.showWarningMessage(t('Remove {0}?', what), options, verb);
    if (answer !== verb) return ok(undefined);
  }
  const { removeAll } = await import('../tools/tools-entry.ts');
  let count = 0;
  for (const { folder, ids } of batches) {
    const removed = await removeAll(folder, ids);
    if (!removed.ok) return removed;
    count += removed.value;
  }
  return ok(count);
}
