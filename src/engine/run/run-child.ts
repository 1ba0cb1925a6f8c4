import { fail, type Result } from '../../model/result.ts';
import { readExecution } from '../store/read-execution.ts';
import { agentOfUses } from '../workflow/agent-id.ts';
import { maxUsesDepth } from '../workflow/resolve-uses.ts';
import type { RunningExecution } from './engine-options.ts';
import type { Engine } from './engine.ts';
import type { ChildRequest } from './task-kinds/attempt.ts';

/**
 * Runs what a `uses` task names, in this process. A child of an earlier attempt that did not succeed is run again
 * where it stopped; otherwise a new one is made.
 */
export async function runChild(
  engine: Engine,
  parent: { readonly id: string; readonly path: string },
  request: ChildRequest,
): Promise<Result<RunningExecution>> {
  // The validation follows files as they were; this holds for whatever they became.
  if (engine.depth >= maxUsesDepth) {
    return fail(
      'too-deep',
      `more than ${String(maxUsesDepth)} executions would run inside each other`,
    );
  }
  const deeper = engine.deeper();
  if (request.earlier !== null) {
    const again = await restartEarlier(deeper, request.earlier);
    if (again !== null) return again;
  }
  const agent = agentOfUses(request.uses, parent.path, engine.workflowsFolder);
  if (agent === null) return fail('unknown-agent', `"${request.uses}" names no agent`);
  return deeper.start({
    agent,
    inputs: request.inputs,
    trigger: { kind: 'workflow', source: 'workflow' },
    parent: { execution: parent.id, task: request.task },
  });
}

/** Null when the earlier child cannot be run again, so that a new one has to be made. */
async function restartEarlier(
  engine: Engine,
  id: string,
): Promise<Result<RunningExecution> | null> {
  const earlier = readExecution(engine.folder, id);
  if (!earlier.ok || earlier.value.status === 'succeeded') return null;
  const again = await engine.restart({
    id,
    why: earlier.value.status === 'failed' ? 'retry' : 'resume',
    by: 'the execution that uses it',
  });
  return again.ok ? again : null;
}
