import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { workflowCopyPath } from '../../engine/store/state-folder.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { toVsRange } from '../diagnostics/to-diagnostics.ts';
import { chooseAgent } from './choose-agent.ts';
import type { Command, CommandScope } from './command-scope.ts';
import { findTarget, type Target } from './find-target.ts';
import { readArgument } from './read-argument.ts';

const { t } = vscode.l10n;

/** Opens the workflow file of an agent, an execution or a task (there at the task's key). */
export const openWorkflow: Command = async (scope, first, second) => {
  const wanted = readArgument(first, second);
  const { states } = scope.folders;
  const isAgent = states.some(({ agents }) => agents.some(({ agent }) => agent === wanted.text));
  const found = isAgent ? null : findTarget(states, wanted, () => true);
  if (found?.kind === 'one') return openOfExecution(scope, found.target);
  const chosen = await chooseAgent(scope, wanted, t('Which workflow shall be opened?'));
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, agent } = chosen.value;
  const file = folder.agentFiles.files.find((one) => one.agent === agent)?.file;
  if (file === undefined)
    return fail('unknown-agent', t('There is no workflow file of {0}.', agent));
  return open(vscode.Uri.file(file));
};

async function openOfExecution(scope: CommandScope, target: Target): Promise<Result<unknown>> {
  const { execution, task } = target;
  const folder = scope.folders.get(target.folder.key);
  if (folder === null) return ok(undefined);
  const file = path.join(folder.folder.uri.fsPath, ...execution.workflow.path.split('/'));
  if (!existsSync(file)) {
    const copy = workflowCopyPath(folder.stateFolder, execution.id);
    if (existsSync(copy)) return open(vscode.Uri.file(copy));
    return fail('no-file', t('{0} is not there.', execution.workflow.path));
  }
  const uri = vscode.Uri.file(file);
  if (task === null) return open(uri);
  const parsed = await scope.validation.parse(uri);
  const range = parsed?.taskRanges.get(task.group ?? task.id);
  return open(uri, range === undefined ? undefined : toVsRange(range));
}

async function open(uri: vscode.Uri, selection?: vscode.Range): Promise<Result<unknown>> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    preview: true,
    ...(selection === undefined ? {} : { selection }),
  });
  return ok(uri.toString());
}
