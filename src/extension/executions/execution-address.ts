import * as vscode from 'vscode';
import { executionScheme } from '../ids.ts';

/** The address of an execution as an editor: dropped into the editor area it opens there. A tab shows its name. */
export function executionUri(folder: string, id: string, name: string): vscode.Uri {
  // A name is free text, and the tab shows what stands behind the last slash.
  const title = name.replaceAll(/[\\/]/g, '∕');
  return vscode.Uri.from({
    scheme: executionScheme,
    path: `/${id}/${title}`,
    query: `${folder}\n${id}`,
  });
}

/** The folder and the id in such an address; null when it is none. */
export function readExecutionUri(
  uri: vscode.Uri,
): { readonly folder: string; readonly id: string } | null {
  const [folder, id] = uri.query.split('\n');
  return folder === undefined || id === undefined ? null : { folder, id };
}
