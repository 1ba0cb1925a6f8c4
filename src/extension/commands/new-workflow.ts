import * as vscode from 'vscode';
import { isAgentId, pathOfAgent } from '../../engine/workflow/agent-id.ts';
import { fail, messageOf, ok } from '../../model/result.ts';
import { workflowUri } from '../diagnostics/workflow-files.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { chooseFolder } from './choose-agent.ts';
import type { Command } from './command-scope.ts';
import { workflowTemplates, type WorkflowTemplate } from './workflow-templates.ts';

const { t } = vscode.l10n;

/** Writes a new workflow file from a template and opens it. */
export const newWorkflow: Command = async (scope) => {
  const folder = await chooseFolder(scope.folders.all, t('Where shall the workflow be?'));
  if (folder === undefined) {
    if (scope.folders.all.length > 0) return ok(undefined);
    return fail('no-folder', t('A workflow is a file of a folder: open a folder first.'));
  }
  const template = await pickTemplate();
  if (template === undefined) return ok(undefined);
  const agent = await askName(folder, template);
  if (agent === undefined) return ok(undefined);
  const uri = workflowUri(folder, pathOfAgent(agent, folder.settings.workflowsFolder));
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, {
    overwrite: false,
    contents: new TextEncoder().encode(template.text),
  });
  try {
    const isDone = await vscode.workspace.applyEdit(edit);
    if (!isDone) return fail('not-written', t('{0} could not be written.', uri.fsPath));
  } catch (error) {
    return fail('not-written', t('{0} could not be written: {1}', uri.fsPath, messageOf(error)));
  }
  await vscode.window.showTextDocument(uri, { preview: false });
  await folder.agentFiles.refresh();
  return ok(agent);
};

async function pickTemplate(): Promise<WorkflowTemplate | undefined> {
  const picked = await vscode.window.showQuickPick(
    workflowTemplates(t).map((template) => ({
      label: `$(${template.icon}) ${template.title}`,
      detail: template.description,
      template,
    })),
    { title: t('New Workflow'), placeHolder: t('What shall it start from?'), matchOnDetail: true },
  );
  return picked?.template;
}

function askName(
  folder: FolderController,
  template: WorkflowTemplate,
): Thenable<string | undefined> {
  const taken = new Set(folder.agentFiles.files.map(({ agent }) => agent));
  let value = template.agent;
  for (let number = 2; taken.has(value); number += 1) value = `${template.agent}-${String(number)}`;
  return vscode.window.showInputBox({
    title: t('New Workflow'),
    prompt: t('Id of the agent: the name of its file, folders with /'),
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (taken.has(text)) return t('{0} is there already.', text);
      return isAgentId(text) && !/[<>:"|?*]|[. ]$/.test(text)
        ? null
        : t('A file name, such as release or ops/backup.');
    },
  });
}
