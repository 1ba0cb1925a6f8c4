import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { ok, type Result } from '../../model/result.ts';
import type { FilePlace } from '../../protocol/log-messages.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { findNamedFile } from './find-named-file.ts';

/** Opens the file that a log names at its line, beside the dashboard. Codes: `no-file`, `outside`. */
export async function openNamedFile(
  item: FolderExecution,
  { path, line, column }: FilePlace,
): Promise<Result<null>> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = folders.filter(({ name }) => name === item.folder);
  const others = folders.filter(({ name }) => name !== item.folder);
  const found = await findNamedFile(path, {
    roots: [...own, ...others].map(({ uri }) => uri.fsPath),
    realPath: (file) => realpath(file).catch(() => null),
    search: async (ending) => {
      const pattern = `**/${ending.replace(/[*?{}[\]]/g, '?')}`;
      const files = await vscode.workspace.findFiles(pattern, '**/node_modules/**', 2);
      return files.map(({ fsPath }) => fsPath);
    },
  });
  if (!found.ok) return found;
  const at = new vscode.Position(Math.max(0, line - 1), Math.max(0, column - 1));
  await vscode.window.showTextDocument(vscode.Uri.file(found.value), {
    selection: new vscode.Range(at, at),
    preview: true,
  });
  return ok(null);
}
