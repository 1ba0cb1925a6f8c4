import * as vscode from 'vscode';
import { commands } from './commands/register-commands.ts';
import { showStarted } from './commands/show-started.ts';
import { dashboardKey } from './dashboard/dashboard-key.ts';
import type { CommandScope } from './commands/command-scope.ts';
import type { DashboardHost, FolderExecution } from './dashboard/dashboard-host.ts';
import { describeTrouble } from './describe-trouble.ts';
import type { Folders } from './folders/folders.ts';
import type { FolderState } from './folder-state.ts';
import { manageTrust } from './ids.ts';
import { refreshIntervalMs } from './settings.ts';
import { tell } from './tell.ts';
import type { WindowSight } from './window-sight.ts';

/** What the dashboard sees of the extension. */
export function toDashboardHost(
  extensionUri: vscode.Uri,
  folders: Folders,
  sight: WindowSight,
  scope: () => CommandScope,
): DashboardHost {
  const rows = new WeakMap<FolderState, readonly FolderExecution[]>();
  const ofFolder = (state: FolderState): readonly FolderExecution[] => {
    const known = rows.get(state);
    if (known !== undefined) return known;
    const made = state.executions.map((execution) => ({
      folder: state.name,
      key: dashboardKey(state.key, execution.id),
      execution,
    }));
    rows.set(state, made);
    return made;
  };
  return {
    extensionUri,
    executions: () => merge(folders.states.map(ofFolder)),
    verdicts: () => folders.states.flatMap(({ verdicts }) => verdicts),
    trouble: () =>
      folders.states.flatMap(({ name, trouble }) => {
        if (trouble === null) return [];
        const { message, hint } = trouble;
        return [
          {
            folder: name,
            message: tell(message),
            ...(hint === undefined ? {} : { hint: tell(hint) }),
          },
        ];
      }),
    onDidChange: (listener) => vscode.Disposable.from(folders.onDidChangeFirst(listener)),
    refresh: async (what) => {
      if (what === 'all') await folders.refresh();
      else await Promise.all(folders.all.map((folder) => folder.refreshExecutions()));
    },
    refreshIntervalMs,
    logFile: (id, log) => {
      const owner = folders.all.find((folder) => folder.find(id) !== null);
      return owner?.logFile(log) ?? null;
    },
    stateFolder: (item) =>
      folders.all.find(({ key }) => key === folderOf(item))?.stateFolder ?? null,
    stateFolders: () => folders.all.map(({ stateFolder }) => stateFolder),
    runCommand: async ({ type, target, task, attempt }) => {
      if (type === 'manageTrust') {
        await vscode.commands.executeCommand(manageTrust);
        return;
      }
      const argument =
        target === null
          ? undefined
          : { folder: folderOf(target), execution: target.execution.id, task, attempt };
      const result = await commands[type](scope(), argument, undefined);
      if (!result.ok) throw new Error(describeTrouble(result.error, tell));
      await showStarted(scope(), type, result.value, target?.execution.id ?? null);
    },
    isTrusted: () => vscode.workspace.isTrusted,
    tellSight: (page, isSeen) => sight.tell(page, isSeen),
    tellSent: () => sight.tellSent(),
    hasAgents: () => folders.states.some(({ agents }) => agents.length > 0),
    exportExecutions: async (items) => {
      const wanted = items.map((item) => ({
        folder: folderOf(item),
        execution: item.execution.id,
      }));
      const result = await commands.exportExecution(scope(), wanted[0], wanted);
      if (!result.ok) throw new Error(describeTrouble(result.error, tell));
    },
  };
}

/** The folder in a dashboard key. */
function folderOf({ key, execution }: FolderExecution): string {
  return key.slice(0, key.length - execution.id.length - 1);
}

/** Newest first over all folders; each list is so already. */
function merge(lists: readonly (readonly FolderExecution[])[]): readonly FolderExecution[] {
  if (lists.length === 1) return lists[0] ?? [];
  return lists
    .flat()
    .sort((one, other) => (one.execution.createdAt < other.execution.createdAt ? 1 : -1));
}
