import * as path from 'node:path';
import * as vscode from 'vscode';
import { agentOfPath } from '../../engine/workflow/agent-id.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import type { Folders } from '../folders/folders.ts';

/** A workflow file and where it belongs. */
export interface WorkflowFile {
  readonly uri: vscode.Uri;
  readonly folder: FolderController;
  readonly agent: string;
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
}

/** The workflow file at an address; null when it is not one, whether or not it is there. */
export function workflowFileOf(folders: Folders, uri: vscode.Uri): WorkflowFile | null {
  if (uri.scheme !== 'file') return null;
  const folder = folders.of(uri);
  if (folder === null) return null;
  const relative = path.relative(folder.folder.uri.fsPath, uri.fsPath).split(path.sep).join('/');
  const agent = agentOfPath(relative, folder.settings.workflowsFolder);
  return agent === null ? null : { uri, folder, agent, path: relative };
}

/** The workflow file at a path of a folder. */
export function workflowUri(folder: FolderController, relativePath: string): vscode.Uri {
  return vscode.Uri.joinPath(folder.folder.uri, ...relativePath.split('/'));
}

/** The text of a file as a person sees it now: of its editor when it is open, else from disk. Null: not readable. */
export async function currentText(uri: vscode.Uri): Promise<string | null> {
  const open = openDocument(uri);
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Deleted since it was listed, or no right to read it: the engine says so when it is run.
    return null;
  }
}

/** The document of a file that is open. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === wanted);
}
