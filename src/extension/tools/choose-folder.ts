import * as vscode from 'vscode';
import type { CommandScope } from '../commands/command-scope.ts';
import { readArgument } from '../commands/read-argument.ts';
import type { FolderController } from '../folders/folder-controller.ts';

const { t } = vscode.l10n;

/** The folder that the argument names, the only one, or the one that the person picks. */
export async function chooseFolder(
  scope: CommandScope,
  first: unknown,
  question: string,
): Promise<FolderController | undefined> {
  const { all } = scope.folders;
  const { folder: key } = readArgument(first);
  const named = key === null ? null : scope.folders.get(key);
  if (named !== null) return named;
  if (all.length === 0) void vscode.window.showInformationMessage(t('No folder is open.'));
  if (all.length < 2) return all[0];
  const items = all.map((controller) => ({
    label: controller.folder.name,
    description: controller.stateFolder.root,
    controller,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: question });
  return picked?.controller;
}
