import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { workflowCopyPath } from '../../engine/store/state-folder.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { workflowCopyUri } from '../executions/workflow-copies.ts';
import type { DashboardHost, FolderExecution } from './dashboard-host.ts';

/** Opens the workflow files of two executions, as they were then, in the editor's own diff. Code `no-copy`. */
export async function openWorkflowDiff(
  host: Pick<DashboardHost, 'stateFolder'>,
  before: FolderExecution,
  after: FolderExecution,
): Promise<Result<null>> {
  for (const item of [before, after]) {
    const folder = host.stateFolder(item);
    if (folder === null || !existsSync(workflowCopyPath(folder, item.execution.id))) {
      return fail('no-copy', `The workflow file of ${item.execution.id} is not on record.`);
    }
  }
  const title = `${before.execution.agent}: ${before.execution.id} ↔ ${after.execution.id}`;
  await vscode.commands.executeCommand('vscode.diff', uriOf(before), uriOf(after), title);
  return ok(null);
}

function uriOf({ key, execution }: FolderExecution): vscode.Uri {
  const folder = key.slice(0, key.length - execution.id.length - 1);
  return workflowCopyUri(folder, execution.id, execution.workflow.path);
}
