import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  convertFile,
  readConvertible,
  type ConvertedFile,
  type ConvertibleFile,
} from '../../engine/convert/convert-file.ts';
import { pathOfAgent } from '../../engine/workflow/agent-id.ts';
import { fail, messageOf, ok } from '../../model/result.ts';
import { chooseFolder } from '../commands/choose-agent.ts';
import type { Command } from '../commands/command-scope.ts';
import { currentText, workflowUri } from '../diagnostics/workflow-files.ts';
import type { FolderController } from '../folders/folder-controller.ts';

const { t } = vscode.l10n;

const title = t('Convert to Workflow');

/** Makes a workflow of a file of another kind: the one that is given, or one that the person picks. */
export const convertWorkflow: Command = async (scope, first) => {
  const given = first instanceof vscode.Uri ? first : null;
  const folder =
    (given === null ? null : scope.folders.of(given)) ??
    (await chooseFolder(scope.folders.all, t('In which folder is the file?')));
  if (folder === undefined) {
    if (scope.folders.all.length > 0) return ok(undefined);
    return fail('no-folder', t('A workflow is a file of a folder: open a folder first.'));
  }
  const source = given ?? (await pickFile(folder));
  if (source === undefined) return ok(undefined);
  const text = await currentText(source);
  if (text === null) return fail('unreadable', t('{0} could not be read.', source.fsPath));
  const read = readConvertible(relativePath(folder, source), text);
  if (!read.ok) return read;
  const targets = await pickTargets(read.value);
  if (targets === undefined) return ok(undefined);
  const converted = convertFile(read.value, targets);
  if (!converted.ok) return converted;
  const { left } = converted.value;
  const written = await write(folder, converted.value);
  if (!written.ok) return written;
  const lost =
    left.length === 0
      ? t('Everything was carried over.')
      : left.length === 1
        ? t('One thing could not be carried over; what and why stands at its head.')
        : t('{0} things could not be carried over; what and why stands at its head.', left.length);
  void vscode.window.showInformationMessage(
    `${t('{0} is the agent {1} now.', read.value.path, written.value)} ${lost}`,
  );
  return ok(written.value);
};

async function pickFile(folder: FolderController): Promise<vscode.Uri | undefined> {
  const names =
    '{package.json,.vscode/tasks.json,[Tt]askfile.{yml,yaml},[Tt]askfile.dist.{yml,yaml},.github/workflows/*.{yml,yaml}}';
  const pattern = new vscode.RelativePattern(folder.folder, `**/${names}`);
  const found = await vscode.workspace.findFiles(pattern, '**/node_modules/**', 200);
  const browse = { label: `$(folder-opened) ${t('Choose a File…')}`, uri: undefined };
  const files = found
    .map((uri) => ({ label: `$(file) ${relativePath(folder, uri)}`, uri }))
    .sort(
      (one, other) => one.label.length - other.label.length || (one.label < other.label ? -1 : 1),
    );
  const picked = await vscode.window.showQuickPick([...files, browse], {
    title,
    placeHolder: t('A GitHub Actions workflow, a Taskfile, a package.json or a tasks.json'),
  });
  if (picked?.uri !== undefined || picked === undefined) return picked?.uri;
  const [file] =
    (await vscode.window.showOpenDialog({ title, defaultUri: folder.folder.uri })) ?? [];
  return file;
}

/** What of the file is wanted; all of one that has no parts. */
async function pickTargets(file: ConvertibleFile): Promise<readonly string[] | undefined> {
  if (file.targets.length === 0) return [];
  const picked = await vscode.window.showQuickPick(
    file.targets.map(({ name, description, isDefault }) => ({
      label: name,
      description,
      picked: isDefault,
    })),
    {
      title: `${title}: ${file.title}`,
      placeHolder: t('What shall the workflow run? What these need comes along.'),
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ label }) => label);
}

async function write(folder: FolderController, { agent, text }: ConvertedFile) {
  const taken = new Set(folder.agentFiles.files.map((file) => file.agent));
  let free = agent;
  for (let number = 2; taken.has(free); number += 1) free = `${agent}-${String(number)}`;
  const uri = workflowUri(folder, pathOfAgent(free, folder.settings.workflowsFolder));
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  try {
    const isDone = await vscode.workspace.applyEdit(edit);
    if (!isDone) return fail('not-written', t('{0} could not be written.', uri.fsPath));
  } catch (error) {
    return fail('not-written', t('{0} could not be written: {1}', uri.fsPath, messageOf(error)));
  }
  await vscode.window.showTextDocument(uri, { preview: false });
  await folder.agentFiles.refresh();
  return ok(free);
}

function relativePath(folder: FolderController, uri: vscode.Uri): string {
  return path.relative(folder.folder.uri.fsPath, uri.fsPath).split(path.sep).join('/');
}
