import type * as vscode from 'vscode';
import type { Execution } from '../model/execution.ts';
import type { Result } from '../model/result.ts';
import type { InputValue } from '../model/workflow.ts';
import type { CommandScope } from './commands/command-scope.ts';
import { describeTrouble } from './describe-trouble.ts';
import { cancel } from './commands/steer-execution.ts';
import { resume, retry } from './commands/restart-execution.ts';

/** What `activate` returns to other extensions. Executions are as in `task-executions.json`. */
export interface AgentExecutorApi {
  /** Of this interface: only ever added to while it is 1. */
  readonly version: 1;
  /** Resolves when all folders were read: the lists are empty before. */
  readonly ready: Promise<void>;
  /** Agents of all folders. */
  listAgents(): readonly ApiAgent[];
  /** Executions of all folders, newest first within a folder. */
  listExecutions(): readonly Execution[];
  getExecution(id: string): Execution | undefined;
  /** Starts an agent and resolves to the execution's id; rejects with a message for a person. */
  run(agentId: string, inputs?: Readonly<Record<string, InputValue>>): Promise<string>;
  /** Asks the owner to stop; resolves when the request is on disk. A second call kills. */
  cancel(id: string): Promise<void>;
  /** Runs failed tasks again, without asking. */
  retry(id: string): Promise<void>;
  /** Goes on with an interrupted or cancelled execution, without asking. */
  resume(id: string): Promise<void>;
  /** Fires after every difference in `listExecutions()`. */
  readonly onDidChangeExecutions: vscode.Event<void>;
}

/** An agent as other extensions see it. */
export interface ApiAgent {
  readonly id: string;
  /** Name of the workspace folder. */
  readonly folder: string;
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  /** The first error of its file, as far as it was read. */
  readonly problem: string | null;
}

/** The API over what commands work with. */
export function createApi(
  scope: CommandScope,
  ready: Promise<void>,
  onDidChangeExecutions: vscode.Event<void>,
): AgentExecutorApi {
  const { folders, launcher } = scope;
  const list = (): readonly Execution[] => folders.states.flatMap((state) => state.executions);
  return {
    version: 1,
    ready,
    listAgents: () =>
      folders.states.flatMap((state) =>
        state.agents.map(({ agent, path, problem }) => {
          return { id: agent, folder: state.name, path, problem };
        }),
      ),
    listExecutions: list,
    getExecution: (id) => list().find((execution) => execution.id === id),
    async run(agentId, inputs = {}) {
      await folders.start();
      const owner = folders.all.find(({ agentFiles }) =>
        agentFiles.files.some(({ agent }) => agent === agentId),
      );
      const folder = owner ?? folders.all[0];
      if (folder === undefined) throw new Error('no folder is open');
      const trigger = { kind: 'api', source: 'api' } as const;
      return valueOf(await launcher.start(folder, agentId, inputs, trigger)).id;
    },
    cancel: async (id) => void valueOf(await cancel(scope, { execution: id }, undefined)),
    retry: async (id) => void valueOf(await retry(scope, { execution: id, ask: false }, undefined)),
    resume: async (id) =>
      void valueOf(await resume(scope, { execution: id, ask: false }, undefined)),
    onDidChangeExecutions,
  };
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(describeTrouble(result.error));
}
