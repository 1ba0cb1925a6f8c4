import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import { WorkflowCodeActions } from './code-actions.ts';
import type { FeatureScope } from './register-workflow-features.ts';
import { RunDiagnostics } from './run-diagnostics.ts';

/** What is loaded with the language: problems of tasks and what can be done about them. */
export interface WorkflowFeatures extends Disposable {
  readonly actions: vscode.CodeActionProvider;
}

/** Starts showing how the tasks of workflow files did. */
export function createWorkflowFeatures(scope: FeatureScope): WorkflowFeatures {
  const store = new DisposableStore();
  const runs = store.add(new RunDiagnostics(scope));
  return {
    actions: new WorkflowCodeActions(scope, runs),
    dispose: () => store.dispose(),
  };
}
