import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../model/disposable.ts';
import { messageOf } from '../model/result.ts';
import { AgentsView } from './agents/agents-view.ts';
import { createApi, type AgentExecutorApi } from './api.ts';
import { registerAuthoring } from './authoring/register-authoring.ts';
import type { CommandScope } from './commands/command-scope.ts';
import { registerCommands } from './commands/register-commands.ts';
import { followContextKeys } from './context-keys.ts';
import { DashboardPanels } from './dashboard/dashboard-panel.ts';
import { decorateFiles } from './decorations/file-decorations.ts';
import { HandledFailures } from './diagnostics/handled-failures.ts';
import { registerWorkflowFeatures } from './diagnostics/register-workflow-features.ts';
import { WorkflowValidation } from './diagnostics/workflow-validation.ts';
import { ExecutionsView } from './executions/executions-view.ts';
import { showWorkflowCopies } from './executions/workflow-copies.ts';
import { Folders } from './folders/folders.ts';
import { careForHistory } from './folders/history-care.ts';
import { GraphPanels } from './graph/graph-panels.ts';
import { Language } from './language.ts';
import { Launcher } from './launcher.ts';
import { LogDocuments } from './logs/log-documents.ts';
import { Notifications } from './notifications/notifications.ts';
import { Secrets } from './secrets.ts';
import { StatusBar } from './status-bar/status-bar.ts';
import { registerTasks } from './tasks/register-tasks.ts';
import { toDashboardHost } from './to-dashboard-host.ts';
import { WindowSight } from './window-sight.ts';

/** Builds everything and hands it to the editor, which ends it with the window. Reading the disk comes after. */
export function activate(context: vscode.ExtensionContext): AgentExecutorApi {
  const startMs = performance.now();
  const startUsage = process.cpuUsage();
  const openedAt = new Date().toISOString();
  // Disposed in reverse order: what was built on something ends before it.
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const own = <T extends Disposable>(item: T): T => store.add(item);
  const output = own(vscode.window.createOutputChannel('Agent Executor', { log: true }));
  const folders = own(new Folders(output));
  const language = new Language();
  const secrets = new Secrets(context.secrets);
  const runner = context.asAbsolutePath('dist/runner.cjs');
  const launcher = own(new Launcher({ folders, secrets, runner, log: output }));
  const validation = own(new WorkflowValidation({ folders, language, log: output }));
  const handled = own(new HandledFailures(context.workspaceState));
  const sight = own(new WindowSight());
  const executionsView = own(new ExecutionsView(folders, sight, context.workspaceState));
  own(new AgentsView(folders, sight));
  own(followContextKeys(folders));
  own(new StatusBar(folders, openedAt));
  own(decorateFiles(folders));
  own(new LogDocuments(folders));
  own(showWorkflowCopies(folders));

  const host = toDashboardHost(context.extensionUri, folders, sight, () => scope);
  const dashboard = own(new DashboardPanels(host, (message) => output.warn(message)));
  own(dashboard.registerSerializer());
  own(dashboard.registerEditor());
  const isWatched = (): boolean => dashboard.isVisible && sight.isSeen;
  own(new Notifications({ folders, isWatched, openedAt }));

  const { extensionUri } = context;
  const report = (message: string): void => output.warn(message);
  const graphs = own(new GraphPanels({ extensionUri, folders, report }));
  own(graphs.registerSerializer());
  const scope: CommandScope = {
    folders,
    graphs,
    handled,
    language,
    launcher,
    secrets,
    validation,
    executionsView,
    dashboard,
    output,
  };
  own(registerCommands(() => scope));

  own(registerWorkflowFeatures({ folders, validation, handled, extensionUri }));
  own(registerAuthoring({ folders, secrets }));
  own(registerTasks(scope));
  const executionsChanged = own(new vscode.EventEmitter<void>());
  own(folders.onDidChange(() => executionsChanged.fire()));
  // In a turn of its own: the editor goes on with what it has to do first.
  const ready = nextTurn().then(() => folders.start());
  ready.catch((error: unknown) => output.error(messageOf(error)));
  own(careForHistory(folders, output));
  const { user, system } = process.cpuUsage(startUsage);
  const tookMs = (performance.now() - startMs).toFixed(1);
  output.info(`activated in ${tookMs} ms, ${((user + system) / 1000).toFixed(1)} ms at work`);
  return createApi(scope, ready, executionsChanged.event);
}
