import { findAgents } from '../engine/workflow/find-agents.ts';
import type { Execution } from '../model/execution.ts';
import type { ExecutionStatus } from '../model/status.ts';
import type { Workspace } from './open-workspace.ts';

/** An agent with what became of it last. */
export interface ListedAgent {
  readonly agent: string;
  readonly name: string;
  readonly description: string | null;
  readonly path: string;
  /** The first error of its file; null when it can run. */
  readonly problem: string | null;
  readonly last: {
    readonly id: string;
    readonly status: ExecutionStatus;
    readonly createdAt: string;
    readonly finishedAt: string | null;
  } | null;
}

/** All agents of the workspace, by id. `executions` newest first. */
export async function listAgents(
  workspace: Workspace,
  executions: readonly Execution[],
): Promise<readonly ListedAgent[]> {
  const { root, workflowsFolder } = workspace;
  const files = await findAgents(root, workflowsFolder);
  if (files.length === 0) return [];
  const { loadWorkflow } = await import('../engine/workflow/load-workflow.ts');
  const listed: ListedAgent[] = [];
  for (const { agent, path } of files) {
    const loaded = await loadWorkflow(root, workflowsFolder, agent);
    const workflow = loaded.kind === 'valid' ? loaded.workflow : null;
    listed.push({
      agent,
      name: workflow?.name ?? agent,
      description: workflow?.description ?? null,
      path,
      problem:
        loaded.kind === 'valid'
          ? null
          : loaded.kind === 'missing'
            ? loaded.message
            : (loaded.diagnostics.find(({ severity }) => severity === 'error')?.message ?? 'error'),
      last: lastOf(executions, agent),
    });
  }
  return listed;
}

function lastOf(executions: readonly Execution[], agent: string): ListedAgent['last'] {
  const last = executions.find((execution) => execution.agent === agent);
  if (last === undefined) return null;
  const { id, status, createdAt, finishedAt } = last;
  return { id, status, createdAt, finishedAt };
}
