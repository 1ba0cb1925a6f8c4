import * as vscode from 'vscode';
import { prefix, settingIds } from '../ids.ts';
import type { Notice, NotificationSetting } from './decide-notification.ts';

/** Ends notifications of a kind, and of what matters less, by the setting; says so, with a way back. */
export async function muteNotifications(kind: Notice['kind']): Promise<void> {
  const { t } = vscode.l10n;
  const id = settingIds.notifications;
  const settings = vscode.workspace.getConfiguration(prefix);
  const found = settings.inspect<NotificationSetting>(id);
  // Where the workspace says something, the user's own setting would change nothing.
  const isOfWorkspace = found?.workspaceValue !== undefined;
  const before = isOfWorkspace ? found.workspaceValue : found?.globalValue;
  const target = isOfWorkspace
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  const wanted: NotificationSetting = kind === 'ended' ? 'failures' : 'approvals';
  await settings.update(id, wanted, target);
  const undo = t('Undo');
  const text =
    wanted === 'failures'
      ? t('From now on there are notifications of failures, stuck tasks and approvals only.')
      : t('From now on there are notifications of approvals only. The views show the rest.');
  const answer = await vscode.window.showInformationMessage(text, undo);
  if (answer === undo) await settings.update(id, before, target);
}
