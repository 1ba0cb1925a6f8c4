import * as vscode from 'vscode';
import { fail, ok } from '../../model/result.ts';
import { chooseAgent } from '../commands/choose-agent.ts';
import type { Command } from '../commands/command-scope.ts';
import { readArgument } from '../commands/read-argument.ts';
import { workflowFileOf, workflowUri } from '../diagnostics/workflow-files.ts';

const { t } = vscode.l10n;

/** Opens the graph of a workflow file: of the one that is given or named, else of the one in the editor. */
export const showGraph: Command = async (scope, first) => {
  const { graphs, folders } = scope;
  const active = vscode.window.activeTextEditor?.document.uri;
  const given = first instanceof vscode.Uri ? first : first === undefined ? active : undefined;
  if (given !== undefined && workflowFileOf(folders, given) !== null) {
    await graphs.show(given);
    return ok(undefined);
  }
  const wanted = readArgument(first instanceof vscode.Uri ? undefined : first);
  const chosen = await chooseAgent(scope, wanted, t('Whose graph shall be shown?'));
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, agent } = chosen.value;
  const file = folder.agentFiles.files.find((one) => one.agent === agent);
  if (file === undefined) return fail('unknown-agent', t('{0} has no file.', agent));
  const uri = workflowUri(folder, file.path);
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One });
  await graphs.show(uri);
  return ok(undefined);
};
