import * as vscode from 'vscode';
import { idPattern } from '../../model/ids.ts';
import { fail, ok } from '../../model/result.ts';
import { chooseFolder } from './choose-agent.ts';
import type { Command } from './command-scope.ts';

const { t } = vscode.l10n;

/** Asks for the name and the value of a secret of a folder, and keeps it in the editor's secret storage. */
export const setSecret: Command = async (scope, first) => {
  const folder = await chooseFolder(scope.folders.all, t('Whose secret shall be set?'));
  if (folder === undefined) return noFolder(scope.folders.all.length);
  const name =
    typeof first === 'string'
      ? first
      : await vscode.window.showInputBox({
          title: t('Set Secret'),
          prompt: t('Name, as workflows list it under `secrets`'),
          placeHolder: 'NPM_TOKEN',
          ignoreFocusOut: true,
          validateInput: (text) =>
            idPattern.test(text) ? null : t('A letter or _, then letters, digits, _ or -.'),
        });
  if (name === undefined || !idPattern.test(name)) return ok(undefined);
  const value = await vscode.window.showInputBox({
    title: t('Set Secret {0}', name),
    prompt: t('Value for the workflows of {0}; it is masked in logs', folder.folder.name),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? t('A secret cannot be empty.') : null),
  });
  if (value === undefined) return ok(undefined);
  await scope.secrets.set(folder.key, name, value);
  void vscode.window.showInformationMessage(t('The secret {0} is set.', name));
  return ok(name);
};

/** Forgets a secret of a folder. */
export const removeSecret: Command = async (scope, first) => {
  const folder = await chooseFolder(scope.folders.all, t('Whose secret shall be removed?'));
  if (folder === undefined) return noFolder(scope.folders.all.length);
  const names = await scope.secrets.namesOf(folder.key);
  if (names.length === 0) {
    void vscode.window.showInformationMessage(t('No secret is set.'));
    return ok(undefined);
  }
  const name =
    typeof first === 'string'
      ? first
      : await vscode.window.showQuickPick([...names], {
          placeHolder: t('Which secret shall be removed?'),
        });
  if (name === undefined) return ok(undefined);
  await scope.secrets.remove(folder.key, name);
  return ok(name);
};

function noFolder(count: number): ReturnType<typeof fail> | ReturnType<typeof ok<undefined>> {
  return count === 0 ? fail('no-folder', t('Open a folder first.')) : ok(undefined);
}
