import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import { TaskMarks } from '../decorations/task-marks.ts';
import { WorkflowCodeActions } from './code-actions.ts';
import type { FeatureScope } from './register-workflow-features.ts';
import { RunDiagnostics } from './run-diagnostics.ts';
import { RunLens } from './run-lens.ts';

/** What is loaded with the language: how tasks did, and what can be done about it. */
export interface WorkflowFeatures extends Disposable {
  readonly actions: WorkflowCodeActions;
  readonly lenses: RunLens;
}

/** Starts showing how the tasks of workflow files did. */
export function createWorkflowFeatures(scope: FeatureScope): WorkflowFeatures {
  const store = new DisposableStore();
  const runs = store.add(new RunDiagnostics(scope));
  store.add(new TaskMarks(scope));
  return {
    actions: new WorkflowCodeActions(scope, runs),
    lenses: store.add(new RunLens(scope.folders, scope.validation)),
    dispose: () => store.dispose(),
  };
}
