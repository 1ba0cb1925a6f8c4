import type * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import { TaskMarks } from '../decorations/task-marks.ts';
import { WorkflowCodeActions } from './code-actions.ts';
import type { FeatureScope } from './register-workflow-features.ts';
import { RunDiagnostics } from './run-diagnostics.ts';

/** What is loaded with the language: how tasks did, and what can be done about it. */
export interface WorkflowFeatures extends Disposable {
  readonly actions: vscode.CodeActionProvider;
}

/** Starts showing how the tasks of workflow files did. */
export function createWorkflowFeatures(scope: FeatureScope): WorkflowFeatures {
  const store = new DisposableStore();
  const runs = store.add(new RunDiagnostics(scope));
  store.add(new TaskMarks(scope));
  return {
    actions: new WorkflowCodeActions(scope, runs),
    dispose: () => store.dispose(),
  };
}
