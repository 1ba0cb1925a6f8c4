import * as vscode from 'vscode';
import { checkFolder } from '../../engine/diagnosing/check-folder.ts';
import { checkRecords } from '../../engine/diagnosing/check-records.ts';
import type { Finding } from '../../engine/diagnosing/finding.ts';
import { ok } from '../../model/result.ts';
import type { Command, CommandScope } from '../commands/command-scope.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { describeFindings, summarizeFindings } from './describe-findings.ts';
import { chooseFolder } from './choose-folder.ts';

const { t } = vscode.l10n;

const repair = t('Repair');
const showReport = t('Show Report');

/** Checks the state folder, writes what it finds to the output, and offers to repair what is safe. */
export const runDoctor: Command = async (scope, first) => {
  const folder = await chooseFolder(scope, first, t('The state folder of which workspace folder?'));
  if (folder === undefined) return ok(undefined);
  const findings = await look(scope, folder, false);
  const { text, canRepair, isWell } = summarizeFindings(findings, t);
  const mayRepair = canRepair && vscode.workspace.isTrusted;
  const actions = mayRepair ? [repair, showReport] : [showReport];
  const show = isWell ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  void show(text, ...actions).then(async (answer) => {
    if (answer === showReport) scope.output.show();
    if (answer !== repair) return;
    const after = summarizeFindings(await look(scope, folder, true), t);
    await folder.refreshExecutions();
    const answered = await vscode.window.showInformationMessage(after.text, showReport);
    if (answered === showReport) scope.output.show();
  });
  return ok(findings);
};

async function look(
  scope: CommandScope,
  folder: FolderController,
  canFix: boolean,
): Promise<readonly Finding[]> {
  const title = canFix ? t('Repairing the state folder') : t('Checking the state folder');
  const findings = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    async () => [
      ...(await checkFolder(folder.stateFolder, canFix)),
      ...(await checkRecords(folder.stateFolder, canFix)),
    ],
  );
  scope.output.info(`state folder ${folder.stateFolder.root}:`);
  for (const { level, text } of describeFindings(findings)) scope.output[level](text);
  return findings;
}
