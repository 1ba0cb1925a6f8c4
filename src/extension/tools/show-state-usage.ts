import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readFolderUsage } from '../../engine/diagnosing/folder-usage.ts';
import { findLeftovers, removeLeftovers } from '../../engine/diagnosing/leftovers.ts';
import { planCleanings } from '../../engine/history/enforce-retention.ts';
import { quarantineFolder } from '../../engine/store/state-folder.ts';
import { formatBytes } from '../../model/bytes.ts';
import { fail, messageOf, ok, type Result } from '../../model/result.ts';
import type { Command, CommandScope } from '../commands/command-scope.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { chooseFolder } from './choose-folder.ts';
import { describePlan, describeUsage, limitChoices, type UsageAction } from './describe-usage.ts';
import { removeWithProgress } from './remove-all.ts';
import { runDoctor } from './run-doctor.ts';
import { describeCount } from '../describe-count.ts';

const { t } = vscode.l10n;

/** Shows what the state folder holds, and cleans up what the person picks. */
export const showStateUsage: Command = async (scope, first) => {
  const folder = await chooseFolder(scope, first, t('The state folder of which workspace folder?'));
  if (folder === undefined) return ok(undefined);
  const usage = await reading(folder, (onProgress) =>
    readFolderUsage(folder.stateFolder, { onProgress }),
  );
  const { holds, actions } = describeUsage(usage, new Date(), t);
  const separator = (label: string): vscode.QuickPickItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
  });
  const isTrusted = vscode.workspace.isTrusted;
  const possible = actions.filter(
    ({ action }) => isTrusted || action === 'open' || action === 'doctor',
  );
  const items: (vscode.QuickPickItem & { readonly action?: UsageAction | null })[] = [
    separator('holds'),
    ...holds,
    separator('actions'),
    ...possible,
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: t('State folder of {0}: {1}', folder.folder.name, formatBytes(usage.bytes)),
    placeHolder: usage.folder,
    matchOnDescription: true,
  });
  switch (picked?.action ?? null) {
    case 'limits':
      return removeBeyond(scope, folder);
    case 'quarantine':
      return deleteQuarantine(folder, usage.quarantine.count);
    case 'leftovers':
      return ok(removeLeftovers(folder.stateFolder, findLeftovers(folder.stateFolder)));
    case 'doctor':
      return runDoctor(scope, { folder: folder.key }, undefined);
    case 'open':
      await reveal(vscode.Uri.file(usage.folder));
      return ok(usage);
    case null:
      return ok(usage);
  }
};

/** The system's file browser is not there in every kind of window; the Explorer shows only what is in the workspace. */
async function reveal(folder: vscode.Uri): Promise<void> {
  const isInWorkspace = vscode.workspace.getWorkspaceFolder(folder) !== undefined;
  await vscode.commands.executeCommand(
    isInWorkspace ? 'revealInExplorer' : 'revealFileInOS',
    folder,
  );
}

/** A long history may have to be indexed first. */
function reading<T>(
  folder: FolderController,
  run: (onProgress: (done: number, all: number) => void) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: t('Reading {0}', folder.stateFolder.root) },
    (progress) =>
      run((done, all) => {
        progress.report({ message: t('{0} of {1}', String(done), String(all)) });
      }),
  );
}

async function removeBeyond(
  scope: CommandScope,
  folder: FolderController,
): Promise<Result<unknown>> {
  const plans = await reading(folder, () =>
    planCleanings(
      folder.stateFolder,
      limitChoices(t).map(({ limits }) => limits),
    ),
  );
  const items = limitChoices(t).flatMap(({ label }, index) => {
    const plan = plans[index];
    // What removes nothing is no choice.
    if (plan === undefined || plan.ids.length === 0) return [];
    return [{ label, description: describePlan(plan, t), plan }];
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Remove finished executions with their logs'),
    placeHolder: t('How many shall stay?'),
  });
  if (picked === undefined) return ok(undefined);
  const { ids, bytes } = picked.plan;
  const what =
    ids.length === 1
      ? t('one finished execution')
      : t('{0} finished executions', describeCount(ids.length, t));
  const isSure = await confirm(
    t('Remove {0}?', what),
    t('Their logs are deleted too ({0}). This cannot be undone.', formatBytes(bytes)),
    t('Remove'),
  );
  if (!isSure) return ok(undefined);
  const removed = await removeWithProgress(folder, ids, t('Removing {0}', what));
  await folder.refreshExecutions();
  if (removed.ok) scope.output.info(`removed ${String(removed.value)} finished executions`);
  return removed;
}

async function deleteQuarantine(folder: FolderController, count: number): Promise<Result<unknown>> {
  const isSure = await confirm(
    count === 1 ? t('Delete 1 file in quarantine?') : t('Delete {0} files in quarantine?', count),
    t('They hold bytes that could not be used. What they meant was rebuilt from the journals.'),
    t('Delete'),
  );
  if (!isSure) return ok(undefined);
  try {
    await rm(quarantineFolder(folder.stateFolder), { recursive: true, force: true });
    return ok(count);
  } catch (error) {
    return fail('storage', t('The quarantine could not be deleted: {0}', messageOf(error)));
  }
}

async function confirm(question: string, detail: string, verb: string): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, verb);
  return answer === verb;
}
