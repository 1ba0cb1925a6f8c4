import * as vscode from 'vscode';
import type { Disposable } from '../../model/disposable.ts';

/** Tells of files of a workflows folder (relative to its workspace folder) that the editor saw come, change or go. */
export function watchWorkflows(
  folder: vscode.WorkspaceFolder,
  workflowsFolder: string,
  touch: (file: string) => void,
): Disposable {
  // The folder itself is in the pattern since deleting it is not reported for each file in it.
  const base = workflowsFolder.replaceAll('\\', '/').replace(/\/+$/, '');
  const pattern = new vscode.RelativePattern(folder, `{${base},${base}/**}`);
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  const tell = ({ fsPath }: vscode.Uri): void => touch(fsPath);
  watcher.onDidCreate(tell);
  watcher.onDidChange(tell);
  watcher.onDidDelete(tell);
  return watcher;
}
