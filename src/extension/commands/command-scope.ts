import type * as vscode from 'vscode';
import type { Result } from '../../model/result.ts';
import type { DashboardPanels } from '../dashboard/dashboard-panel.ts';
import type { HandledFailures } from '../diagnostics/handled-failures.ts';
import type { WorkflowValidation } from '../diagnostics/workflow-validation.ts';
import type { ExecutionsView } from '../executions/executions-view.ts';
import type { Folders } from '../folders/folders.ts';
import type { GraphPanels } from '../graph/graph-panels.ts';
import type { Language } from '../language.ts';
import type { Launcher } from '../launcher.ts';
import type { Secrets } from '../secrets.ts';

/** What commands work with. */
export interface CommandScope {
  readonly folders: Folders;
  readonly graphs: GraphPanels;
  readonly handled: HandledFailures;
  readonly language: Language;
  readonly launcher: Launcher;
  readonly secrets: Secrets;
  readonly validation: WorkflowValidation;
  readonly executionsView: ExecutionsView;
  readonly dashboard: DashboardPanels;
  readonly output: vscode.LogOutputChannel;
}

/** A command: what it resolves to, or the trouble to tell. Undefined is a person who changed their mind. */
export type Command = (
  scope: CommandScope,
  first: unknown,
  second: unknown,
) => Promise<Result<unknown>>;
