import * as vscode from 'vscode';
import { isAgentId } from '../../engine/workflow/agent-id.ts';
import type { FolderController } from '../folders/folder-controller.ts';
import { taskType } from '../ids.ts';
import type { TaskScope } from './register-tasks.ts';
import { readTaskDefinition } from './task-definition.ts';
import { WorkflowTerminal } from './workflow-terminal.ts';

/** Every agent of every folder as a task of the editor. */
export function provideWorkflowTasks(scope: TaskScope): vscode.Task[] {
  return scope.folders.all.flatMap((folder) =>
    folder.agentFiles.files.map(({ agent, path }) => {
      const task = createTask(scope, folder, { type: taskType, agent }, folder.folder, agent);
      task.detail = path;
      return task;
    }),
  );
}

/** The task that an entry of tasks.json means; undefined when it names no agent. */
export function resolveWorkflowTask(scope: TaskScope, task: vscode.Task): vscode.Task | undefined {
  const definition = readTaskDefinition(task.definition);
  if (definition === null || !isAgentId(definition.agent)) return undefined;
  const folder = folderOf(scope, task.scope, definition.agent);
  if (folder === undefined) return undefined;
  // The editor wants its own definition back, whatever else is in it.
  const place = task.scope ?? vscode.TaskScope.Workspace;
  return createTask(scope, folder, task.definition, place, definition.agent);
}

function createTask(
  scope: TaskScope,
  folder: FolderController,
  definition: vscode.TaskDefinition,
  place: vscode.WorkspaceFolder | vscode.TaskScope,
  agent: string,
): vscode.Task {
  const execution = new vscode.CustomExecution((resolved) => {
    // With `${input:…}` and the like filled in.
    const meant = readTaskDefinition(resolved);
    const run = { folder, agent: meant?.agent ?? agent, inputs: meant?.inputs ?? {} };
    return Promise.resolve(new WorkflowTerminal(scope, run));
  });
  return new vscode.Task(definition, place, agent, taskType, execution, []);
}

/** The folder that the entry stands in; for one of the whole workspace the one that has the agent. */
function folderOf(
  { folders }: TaskScope,
  place: vscode.Task['scope'],
  agent: string,
): FolderController | undefined {
  if (typeof place === 'object') return folders.get(place.uri.toString()) ?? undefined;
  const owner = folders.all.find(({ agentFiles }) =>
    agentFiles.files.some((file) => file.agent === agent),
  );
  return owner ?? folders.all[0];
}
