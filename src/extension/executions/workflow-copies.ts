import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { workflowCopyPath } from '../../engine/store/state-folder.ts';
import type { Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import { workflowScheme } from '../ids.ts';

/** Read-only documents with the workflow file as it was when an execution started; see `workflowCopyUri`. */
export function showWorkflowCopies(folders: Folders): Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(workflowScheme, {
    provideTextDocumentContent: async ({ query }) => {
      const [key = '', id = ''] = query.split('\n');
      const folder = folders.get(key);
      // An address may have been made up: only what is known is read.
      if (folder === null || folder.find(id) === null)
        return `# ${vscode.l10n.t('This execution is not there any more.')}\n`;
      return readFile(workflowCopyPath(folder.stateFolder, id), 'utf8').catch(
        () => `# ${vscode.l10n.t('The workflow of this execution is not on record.')}\n`,
      );
    },
  });
}

/** The address of such a document. A tab shows the end of `path`, the path of the workflow file. */
export function workflowCopyUri(folder: string, id: string, path: string): vscode.Uri {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  return vscode.Uri.from({
    scheme: workflowScheme,
    path: `/${id}/${name}`,
    query: `${folder}\n${id}`,
  });
}
