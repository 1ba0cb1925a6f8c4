import * as vscode from 'vscode';
import {
  exportExecutions,
  writePieces,
  type ExportFormat,
} from '../../engine/export/export-executions.ts';
import { ok } from '../../model/result.ts';
import { chooseExecution } from '../commands/choose-execution.ts';
import type { Command } from '../commands/command-scope.ts';
import { readArgument } from '../commands/read-argument.ts';

const formats = [
  {
    label: '$(json) JSON',
    detail: 'Everything: states, attempts, outputs, the workflow and the whole logs',
    format: 'json',
    filters: { JSON: ['json'] },
    extension: 'json',
  },
  {
    label: '$(beaker) JUnit XML',
    detail: 'Results for CI systems and test viewers: a task is a test case',
    format: 'junit',
    filters: { 'JUnit XML': ['xml'] },
    extension: 'xml',
  },
] as const satisfies readonly (vscode.QuickPickItem & {
  readonly format: ExportFormat;
  readonly filters: Record<string, string[]>;
  readonly extension: string;
})[];

/** Writes an execution, with those of its tasks, to a file that the person chooses. */
export const exportExecution: Command = async (scope, first, second) => {
  const chosen = await chooseExecution(scope, readArgument(first, second), {
    question: 'Which execution shall be exported?',
    none: 'Nothing has run yet.',
    unfit: 'cannot be exported',
    isFit: () => true,
  });
  if (!chosen.ok || chosen.value === undefined) return chosen;
  const { folder, execution } = chosen.value;
  const format = await vscode.window.showQuickPick(formats, {
    title: `Export ${execution.name}`,
    placeHolder: 'Secrets are masked as they are in the logs',
  });
  if (format === undefined) return ok(undefined);
  const file = await vscode.window.showSaveDialog({
    title: `Export ${execution.name}`,
    saveLabel: 'Export',
    filters: format.filters,
    defaultUri: vscode.Uri.joinPath(
      folder.folder.uri,
      `${execution.agent.replaceAll('/', '-')}-${execution.id}.${format.extension}`,
    ),
  });
  if (file === undefined) return ok(undefined);
  const pieces = exportExecutions(folder.stateFolder, [execution], format.format);
  const written = await writePieces(file.fsPath, pieces);
  if (!written.ok) return written;
  void offerToOpen(file);
  return ok(file.fsPath);
};

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const open = 'Open';
  const text = `Exported to ${vscode.workspace.asRelativePath(file)}.`;
  const answer = await vscode.window.showInformationMessage(text, open);
  if (answer === open) await vscode.window.showTextDocument(file);
}
