import type { Execution, GitState } from '../../model/execution.ts';
import { executionIdAt, executionSuffix, suffixesPerMs } from '../../model/ids.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { FailureReason } from '../../model/status.ts';
import type { InputValue } from '../../model/workflow.ts';
import { currentOwner } from '../liveness/owner.ts';
import { createExecution, type OwnedExecution } from '../store/owned-execution.ts';
import { uniqueName } from '../store/unique-name.ts';
import { checkInputs } from '../workflow/check-inputs.ts';
import { chooseWorkflow, type ChosenWorkflow } from './choose-workflow.ts';
import type { Engine } from './engine.ts';
import type { RunningExecution, StartRequest } from './engine-options.ts';
import { recordFailure, runOwned, type PreparedExecution } from './run-owned.ts';
import { planExecution, planTasks, planUpTo, type PlannedTask } from './plan-execution.ts';
import { prepareExecution } from './prepare-execution.ts';
import { readGitState } from './read-git-state.ts';
import { collectSecrets } from './secrets.ts';

/** See `startExecution`. */
export async function startIn(
  engine: Engine,
  request: StartRequest,
): Promise<Result<RunningExecution>> {
  const { options, workflowsFolder, log } = engine;
  const chosen = chooseWorkflow(request.agent, {
    workspace: engine.folder.workspace,
    workflowsFolder,
    fallbackWorkflow: options.fallbackWorkflow,
    log,
  });
  if (chosen.kind === 'unusable') return recordUnusable(engine, request, chosen);
  const { workflow, fallback } = chosen;
  const given = fallback === null ? request.inputs : inputsOfFallback(chosen, request.inputs);
  const inputs = checkInputs(workflow.inputs, given);
  if (!inputs.ok) {
    const message = inputs.error.map((problem) => problem.message).join('; ');
    if (fallback === null) return fail('bad-input', message);
    return recordUnusable(engine, request, {
      kind: 'unusable',
      path: workflow.path,
      text: chosen.text,
      hash: chosen.hash,
      message: `${fallback.reason}\nand the fallback cannot run: ${message}`,
    });
  }
  const secrets = collectSecrets(workflow, options);
  if (!secrets.ok) return secrets;
  const all = planTasks(
    workflow,
    options.stuckAfterMs === undefined ? {} : { stuckAfterMs: options.stuckAfterMs },
  );
  // A fallback has other tasks.
  const upTo = request.to === undefined || fallback !== null ? ok(all) : planUpTo(all, request.to);
  if (!upTo.ok) return upTo;
  const planned = upTo.value;
  const git = readGitState(engine.folder.workspace);
  let prepared: Result<PreparedExecution> | null = null;
  const created = create(engine, chosen.text, (id, createdAt) => {
    const plan = planOf(request, { ...chosen, inputs: inputs.value, planned, git, id, createdAt });
    prepared = prepareExecution(engine, plan, workflow, secrets.value);
    return prepared.ok ? { ...plan, concurrency: prepared.value.concurrency } : plan;
  });
  if (!created.ok) return created;
  return begin(engine, created.value, prepared, planned);
}

function begin(
  engine: Engine,
  owned: OwnedExecution,
  prepared: Result<PreparedExecution> | null,
  planned: readonly PlannedTask[],
): Promise<Result<RunningExecution>> {
  engine.publisher.publish(owned.state);
  if (prepared === null) throw new Error('an execution was created without a plan');
  if (!prepared.ok) {
    const { code, message } = prepared.error;
    return recordFailure(engine, owned, code as FailureReason, message);
  }
  const specs = planned.map(({ spec }) => spec);
  return Promise.resolve(ok(runOwned(engine, owned, { ...prepared.value, specs })));
}

/** Creates the execution under an id that nobody has; `plan` is called for each id that is tried. */
function create(
  engine: Engine,
  text: string,
  plan: (id: string, createdAt: string) => Execution,
): Result<OwnedExecution> {
  for (let tries = 0; ; tries += 1) {
    const now = new Date(engine.clock.wallMs());
    const suffix = executionSuffix(now, Math.floor(Math.random() * suffixesPerMs));
    const more = tries < 5 ? '' : uniqueName().slice(0, 8);
    const id = executionIdAt(now, `${suffix}${more}`);
    const created = createExecution(engine.folder, plan(id, now.toISOString()), text);
    if (created.ok || created.error.code !== 'exists' || tries >= 10) return created;
  }
}

function planOf(
  request: StartRequest,
  plan: Extract<ChosenWorkflow, { kind: 'run' }> & {
    readonly id: string;
    readonly createdAt: string;
    readonly inputs: Readonly<Record<string, InputValue>>;
    readonly planned: readonly PlannedTask[];
    readonly git: GitState | null;
  },
): Execution {
  const { id, createdAt, inputs, workflow, hash, git, fallback } = plan;
  return planExecution({
    id,
    agent: workflow.agent,
    name: workflow.name,
    path: workflow.path,
    hash,
    git,
    trigger: request.trigger,
    inputs,
    createdAt,
    owner: currentOwner(),
    parent: request.parent ?? null,
    fallback,
    concurrency: null,
    tasks: plan.planned.map(({ task }) => task),
  });
}

/** The fallback gets the inputs it declares, and may ask for what it stands in for. */
function inputsOfFallback(
  chosen: Extract<ChosenWorkflow, { kind: 'run' }>,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { workflow, fallback } = chosen;
  const all: Record<string, unknown> = {
    agent: fallback?.for,
    reason: fallback?.reason,
    ...given,
  };
  return Object.fromEntries(
    workflow.inputs.flatMap(({ name }) =>
      Object.hasOwn(all, name) && all[name] !== undefined ? [[name, all[name]] as const] : [],
    ),
  );
}

/** Nothing can run, and that is recorded: a trigger never fails silently. */
async function recordUnusable(
  engine: Engine,
  request: StartRequest,
  unusable: Extract<ChosenWorkflow, { kind: 'unusable' }>,
): Promise<Result<RunningExecution>> {
  const { agent } = request;
  const { path, hash, text, message } = unusable;
  const git = readGitState(engine.folder.workspace);
  const created = create(engine, text, (id, createdAt) =>
    planExecution({
      id,
      agent,
      name: agent,
      path,
      hash,
      git,
      trigger: request.trigger,
      inputs: plainInputs(request.inputs),
      createdAt,
      owner: currentOwner(),
      parent: request.parent ?? null,
      fallback: null,
      concurrency: null,
      tasks: [],
    }),
  );
  if (!created.ok) return created;
  return recordFailure(engine, created.value, 'invalid-workflow', message);
}

/** Inputs that nobody could check, as far as they can be kept. */
function plainInputs(
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, InputValue>> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, InputValue] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  );
}
