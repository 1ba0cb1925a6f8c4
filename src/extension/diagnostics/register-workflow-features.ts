import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import { inOwnTurns } from '../in-own-turns.ts';
import type { HandledFailures } from './handled-failures.ts';
import { workflowFileOf } from './workflow-files.ts';
import type { WorkflowFeatures } from './workflow-features.ts';
import type { WorkflowValidation } from './workflow-validation.ts';

/** What showing results in workflow files needs to know. */
export interface FeatureScope {
  readonly folders: Folders;
  readonly validation: WorkflowValidation;
  readonly handled: HandledFailures;
  readonly extensionUri: vscode.Uri;
}

/** What an editor with a workflow file offers: failures of tasks, their actions, "Run". */
export function registerWorkflowFeatures(scope: FeatureScope): Disposable {
  const store = new DisposableStore();
  // Which of these files are workflows depends on a setting of their folder.
  const selector = { scheme: 'file', pattern: '**/*.{yml,yaml}' };
  const lensesChanged = store.add(new vscode.EventEmitter<void>());
  let loaded: Promise<WorkflowFeatures> | null = null;
  let lenses: WorkflowFeatures['lenses'] | null = null;
  const load = (): Promise<WorkflowFeatures> =>
    (loaded ??= inOwnTurns(() => import('./features-entry.ts')).then(
      ({ createWorkflowFeatures }) => {
        const features = store.add(createWorkflowFeatures(scope));
        lenses = features.lenses;
        store.add(features.lenses.onDidChangeCodeLenses(() => lensesChanged.fire()));
        // What was asked for before the folders were read has been answered with none.
        lensesChanged.fire();
        return features;
      },
    ));
  // For the others nothing is loaded.
  const isWorkflow = ({ uri }: vscode.TextDocument): boolean =>
    workflowFileOf(scope.folders, uri) !== null;
  // Before a file was read nothing has a place, and reading one loads the same bundle.
  store.add(scope.validation.onDidChange(() => void load()));
  store.add(
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: (document) => {
        if (!isWorkflow(document)) return [];
        // The editor waits with later changes as long as answers take: this one must not be slow.
        if (lenses === null) void load();
        return lenses?.provideCodeLenses(document) ?? [];
      },
    }),
  );
  store.add(
    vscode.languages.registerCodeActionsProvider(selector, {
      provideCodeActions: async (document, range, context) =>
        isWorkflow(document)
          ? (await load()).actions.provideCodeActions(document, range, context)
          : [],
    }),
  );
  return store;
}
