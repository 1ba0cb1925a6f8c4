import { readFileSync } from 'node:fs';
import type { Execution } from '../../model/execution.ts';
import { fail, messageOf, ok, type Result } from '../../model/result.ts';
import { isExecutionOver, type FailureReason } from '../../model/status.ts';
import type { TaskSpec, Workflow } from '../../model/workflow.ts';
import { currentOwner } from '../liveness/owner.ts';
import { recoverInterrupted } from '../liveness/recover.ts';
import { claimExecution } from '../store/owned-execution.ts';
import { readExecution } from '../store/read-execution.ts';
import { workflowCopyPath } from '../store/state-folder.ts';
import { parseWorkflow } from '../workflow/parse-workflow.ts';
import { describeDiagnostics } from '../workflow/load-workflow.ts';
import type { Engine } from './engine.ts';
import type { RestartRequest, RunningExecution } from './engine-options.ts';
import { endLeftovers } from './leftovers.ts';
import { planTasks } from './plan-execution.ts';
import { planRestart } from './plan-restart.ts';
import { prepareExecution } from './prepare-execution.ts';
import { recordFailure, runOwned } from './run-owned.ts';
import { collectSecrets } from './secrets.ts';

/** See `restartExecution`. */
export async function restartIn(
  engine: Engine,
  request: RestartRequest,
): Promise<Result<RunningExecution>> {
  const { folder, options, clock } = engine;
  const read = readOver(engine, request.id);
  if (!read.ok) return read;
  const before = read.value;
  const plan = planRestart(before, request.why, request.tasks);
  if (!plan.ok) return plan;
  const workflow = readWorkflowCopy(engine, before);
  if (!workflow.ok) return workflow;
  const specs = specsOf(before, workflow.value);
  if (!specs.ok) return specs;
  const secrets = collectSecrets(workflow.value, options);
  if (!secrets.ok) return secrets;
  const again = new Set(plan.value.again.map(({ task }) => task));
  const toRun = before.tasks.filter((task) => again.has(task.id));
  const ended = await endLeftovers(before, toRun, clock);
  if (!ended.ok) return ended;

  const claimed = claimExecution(folder, before.id, {
    owner: currentOwner(),
    why: request.why,
    first: (now) => {
      if (now.seq !== before.seq) return restartedElsewhere(before.id);
      const at = new Date(clock.wallMs()).toISOString();
      const tasks = toRun.map((task) => task.id);
      return ok([
        { type: 'execution-restarted', at, why: request.why, by: request.by, tasks } as const,
      ]);
    },
  });
  if (!claimed.ok) return claimed;
  const owned = claimed.value;
  engine.publisher.publish(owned.state);
  const prepared = prepareExecution(engine, owned.state, workflow.value, secrets.value);
  if (!prepared.ok) {
    const { code, message } = prepared.error;
    return recordFailure(engine, owned, code as FailureReason, message);
  }
  const children = new Map(
    toRun.flatMap((task) => (task.child === null ? [] : [[task.id, task.child] as const])),
  );
  // The group it was created in, whatever its expressions would give now.
  const { concurrency } = before;
  const run = { ...prepared.value, concurrency, specs: specs.value, children };
  return ok(runOwned(engine, owned, run));
}

/** The execution from its journals; one whose owner is proved gone becomes interrupted on the way. */
function readOver(engine: Engine, id: string): Result<Execution> {
  const read = readExecution(engine.folder, id);
  if (!read.ok || isExecutionOver(read.value.status)) return read;
  const [recovered] = recoverInterrupted(engine.folder, [read.value]);
  return recovered === undefined ? read : ok(recovered);
}

function restartedElsewhere(id: string): Result<never> {
  return fail(
    'owned',
    `execution ${id} was just restarted by another process`,
    'Look at it again before you decide.',
  );
}

function readWorkflowCopy(engine: Engine, execution: Execution): Result<Workflow> {
  let text: string;
  try {
    text = readFileSync(workflowCopyPath(engine.folder, execution.id), 'utf8');
  } catch (error) {
    return fail(
      'invalid-workflow',
      `the workflow that execution ${execution.id} was started with cannot be read: ${messageOf(error)}`,
      'run the agent again instead',
    );
  }
  const { agent, workflow } = execution;
  const parsed = parseWorkflow(text, { agent, path: workflow.path });
  if (parsed.workflow !== null) return ok(parsed.workflow);
  return fail(
    'invalid-workflow',
    `the workflow that execution ${execution.id} was started with is not valid: ${describeDiagnostics(workflow.path, parsed.diagnostics)}`,
    'correct the workflow file and run the agent again',
  );
}

function specsOf(execution: Execution, workflow: Workflow): Result<readonly TaskSpec[]> {
  const byId = new Map(planTasks(workflow).map(({ spec, task }) => [task.id, spec]));
  const specs: TaskSpec[] = [];
  for (const task of execution.tasks) {
    const spec = byId.get(task.id);
    if (spec === undefined) {
      return fail(
        'invalid-workflow',
        `task "${task.id}" of execution ${execution.id} is not in the workflow it was started with`,
      );
    }
    specs.push(spec);
  }
  return ok(specs);
}
