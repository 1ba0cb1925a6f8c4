import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AgentExecutorApi } from '../../src/extension/api.ts';
import type { Execution } from '../../src/model/execution.ts';
import { isExecutionOver } from '../../src/model/status.ts';
import { extensionId, until, workspaceFolder, workspaceUri } from './test-workspace.ts';

/** What the extension gives to other extensions. */
export async function activeApi(): Promise<AgentExecutorApi> {
  const extension = vscode.extensions.getExtension<AgentExecutorApi>(extensionId);
  if (extension === undefined) throw new Error(`${extensionId} is not installed`);
  return extension.activate();
}

/** Writes a workflow file, as another program would, and waits until the extension knows the agent. */
export async function writeWorkflow(agent: string, text: string): Promise<vscode.Uri> {
  const file = path.join(workspaceFolder(), 'workflows', `${agent}.yaml`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  const api = await activeApi();
  await until(`the agent ${agent}`, () => api.listAgents().find(({ id }) => id === agent));
  return workspaceUri('workflows', `${agent}.yaml`);
}

/** Removes a workflow file. */
export function removeWorkflow(agent: string): void {
  rmSync(path.join(workspaceFolder(), 'workflows', `${agent}.yaml`), { force: true });
}

/** Waits until an execution is as wanted. */
export async function executionWhen(
  id: string,
  what: string,
  isWanted: (execution: Execution) => boolean,
): Promise<Execution> {
  const api = await activeApi();
  return until(`${id} to be ${what}`, () => {
    const execution = api.getExecution(id);
    return execution !== undefined && isWanted(execution) ? execution : undefined;
  });
}

/** Waits until an execution is over. */
export function executionOver(id: string): Promise<Execution> {
  return executionWhen(id, 'over', ({ status }) => isExecutionOver(status));
}

/** Runs an agent and waits until it is over. */
export async function runToEnd(agent: string): Promise<Execution> {
  const api = await activeApi();
  return executionOver(await api.run(agent));
}

/** The diagnostics of a file that this extension gave. */
export function ownDiagnostics(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Agent Executor');
}

/** Waits until a file has as many of our diagnostics as wanted. */
export async function diagnosticsWhen(
  uri: vscode.Uri,
  what: string,
  isWanted: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return until(what, () => {
    const diagnostics = ownDiagnostics(uri);
    return isWanted(diagnostics) ? diagnostics : undefined;
  });
}
