import * as vscode from 'vscode';
import {
  exportExecutions,
  writePieces,
  type ExportFormat,
} from '../../engine/export/export-executions.ts';
import type { Execution } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import { chooseExecution } from '../commands/choose-execution.ts';
import type { Command, CommandScope } from '../commands/command-scope.ts';
import { readArgument } from '../commands/read-argument.ts';
import type { FolderController } from '../folders/folder-controller.ts';

const { t } = vscode.l10n;

const formats = [
  {
    label: '$(json) JSON',
    detail: t('Everything: states, attempts, outputs, the workflow and the whole logs'),
    format: 'json',
    filters: { JSON: ['json'] },
    extension: 'json',
  },
  {
    label: '$(beaker) JUnit XML',
    detail: t('Results for CI systems and test viewers: a task is a test case'),
    format: 'junit',
    filters: { 'JUnit XML': ['xml'] },
    extension: 'xml',
  },
] as const satisfies readonly (vscode.QuickPickItem & {
  readonly format: ExportFormat;
  readonly filters: Record<string, string[]>;
  readonly extension: string;
})[];

/**
 * Writes an execution, or as many as the second argument names, with those of their tasks, to a file that the person
 * chooses.
 */
export const exportExecution: Command = async (scope, first, second) => {
  if (Array.isArray(second) && second.length > 1) return exportSeveral(scope, second);
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question: t('Which execution shall be exported?'),
    none: t('Nothing has run yet.'),
    unfit: t('cannot be exported'),
    isFit: () => true,
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, execution } = chosen.value;
  const name = `${execution.agent.replaceAll('/', '-')}-${execution.id}`;
  return write(folder, [execution], t('Export {0}', execution.name), name);
};

async function exportSeveral(
  scope: CommandScope,
  named: readonly unknown[],
): Promise<Result<unknown>> {
  const found = named.flatMap((one) => {
    const { folder, execution } = readArgument(one);
    const controller = folder === null ? null : scope.folders.get(folder);
    const known = execution === null ? null : (controller?.find(execution) ?? null);
    return controller === null || known === null ? [] : [{ folder: controller, execution: known }];
  });
  const [first] = found;
  if (first === undefined) return fail('unknown-execution', t('They are not there any more.'));
  if (found.some(({ folder }) => folder !== first.folder)) {
    return fail('several-folders', t('Executions of several folders go into a file each.'));
  }
  const executions = found.map(({ execution }) => execution);
  const title = t('Export {0} executions', String(executions.length));
  return write(first.folder, executions, title, `${String(executions.length)}-executions`);
}

async function write(
  folder: FolderController,
  executions: readonly Execution[],
  title: string,
  name: string,
): Promise<Result<unknown>> {
  const format = await vscode.window.showQuickPick(formats, {
    title,
    placeHolder: t('Secrets are masked as they are in the logs'),
  });
  if (format === undefined) return ok(undefined);
  const file = await vscode.window.showSaveDialog({
    title,
    saveLabel: t('Export'),
    filters: format.filters,
    defaultUri: vscode.Uri.joinPath(folder.folder.uri, `${name}.${format.extension}`),
  });
  if (file === undefined) return ok(undefined);
  const pieces = exportExecutions(folder.stateFolder, executions, format.format);
  const written = await writePieces(file.fsPath, pieces);
  if (!written.ok) return written;
  void offerToOpen(file);
  return ok(file.fsPath);
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = t('Open');
  const text = t('Exported to {0}.', vscode.workspace.asRelativePath(file));
  const answer = await vscode.window.showInformationMessage(text, open);
  if (answer === open) await vscode.window.showTextDocument(file);
}
