import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import { WorkflowCodeActions } from './code-actions.ts';
import { RunDiagnostics } from './run-diagnostics.ts';
import { RunLens } from './run-lens.ts';
import type { WorkflowValidation } from './workflow-validation.ts';

/** What an editor with a workflow file offers: failures of tasks, their actions, "Run". */
export function registerWorkflowFeatures(
  folders: Folders,
  validation: WorkflowValidation,
): Disposable {
  const store = new DisposableStore();
  // Which of these files are workflows depends on a setting of their folder.
  const selector = { scheme: 'file', pattern: '**/*.{yml,yaml}' };
  const runs = store.add(new RunDiagnostics(folders, validation));
  const lens = store.add(new RunLens(folders, validation));
  const actions = new WorkflowCodeActions(validation, runs);
  store.add(vscode.languages.registerCodeActionsProvider(selector, actions));
  store.add(vscode.languages.registerCodeLensProvider(selector, lens));
  return store;
}
