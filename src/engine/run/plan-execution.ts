import { pendingTask } from '../../model/events.ts';
import type { Execution, GitState, Owner, TaskExecution, Trigger } from '../../model/execution.ts';
import { matrixTaskId } from '../../model/ids.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { InputValue, MatrixValue, TaskSpec, Workflow } from '../../model/workflow.ts';

/** One task of an execution with what the workflow says about it. */
export interface PlannedTask {
  readonly spec: TaskSpec;
  readonly task: TaskExecution;
}

/** The tasks of an execution in file order: one per matrix combination, `needs` expanded to combinations. */
export function planTasks(
  workflow: Workflow,
  defaults: { readonly stuckAfterMs?: number } = {},
): readonly PlannedTask[] {
  const taken = new Set(workflow.tasks.map((spec) => spec.id));
  const idsOf = new Map<string, readonly string[]>();
  for (const spec of workflow.tasks) idsOf.set(spec.id, idsOfTask(spec, taken));
  return workflow.tasks.flatMap((spec) => {
    const needs = spec.needs.flatMap((need) => idsOf.get(need) ?? []);
    return (idsOf.get(spec.id) ?? []).map((id, index) => ({
      spec,
      task: pendingTask({
        id,
        name: nameOf(spec, id),
        kind: spec.action.kind,
        group: spec.matrix === null ? null : spec.id,
        matrix: spec.matrix?.combinations[index] ?? null,
        needs,
        isFinally: spec.isFinally,
        continueOnError: spec.continueOnError,
        timeoutMs: spec.action.kind === 'approval' ? spec.action.timeoutMs : spec.timeoutMs,
        stuckAfterMs: spec.stuckAfterMs ?? defaults.stuckAfterMs ?? null,
      }),
    }));
  });
}

/**
 * What runs when only one task is wanted: that task, what it needs, and the tasks that run at the end whatever
 * happened. Code `bad-input` for a task that is not there, or that runs at the end anyway.
 */
export function planUpTo(
  planned: readonly PlannedTask[],
  to: string,
): Result<readonly PlannedTask[]> {
  const specs = new Map(planned.map(({ spec }) => [spec.id, spec]));
  const wanted = specs.get(to);
  if (wanted === undefined) return fail('bad-input', `there is no task "${to}"`);
  if (wanted.isFinally) return fail('bad-input', `task "${to}" runs at the end of every execution`);
  const kept = new Set<string>();
  const open = [to];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (kept.has(id)) continue;
    kept.add(id);
    open.push(...(specs.get(id)?.needs ?? []));
  }
  return ok(planned.filter(({ spec }) => spec.isFinally || kept.has(spec.id)));
}

/** The record of an execution that has not begun. */
export function planExecution(plan: {
  readonly id: string;
  readonly agent: string;
  readonly name: string;
  readonly path: string;
  readonly hash: string | null;
  readonly git: GitState | null;
  readonly trigger: Trigger;
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly createdAt: string;
  readonly owner: Owner;
  readonly parent: Execution['parent'];
  readonly fallback: Execution['fallback'];
  readonly concurrency: Execution['concurrency'];
  readonly tasks: readonly TaskExecution[];
}): Execution {
  return {
    id: plan.id,
    agent: plan.agent,
    name: plan.name,
    status: 'pending',
    reason: null,
    message: null,
    trigger: plan.trigger,
    inputs: plan.inputs,
    workflow: { path: plan.path, hash: plan.hash },
    ...(plan.git !== null && { git: plan.git }),
    createdAt: plan.createdAt,
    startedAt: null,
    finishedAt: null,
    attempt: 1,
    parent: plan.parent,
    owner: plan.owner,
    fallback: plan.fallback,
    request: null,
    concurrency: plan.concurrency,
    outputs: {},
    tasks: plan.tasks,
    epoch: 1,
    seq: 0,
  };
}

function idsOfTask(spec: TaskSpec, taken: Set<string>): readonly string[] {
  if (spec.matrix === null) return [spec.id];
  return spec.matrix.combinations.map((combination) => {
    const id = matrixTaskId(spec.id, valuesOf(combination));
    // `1` and `'1'` read the same.
    let unique = id;
    for (let number = 2; taken.has(unique); number += 1) unique = `${id} #${String(number)}`;
    taken.add(unique);
    return unique;
  });
}

function valuesOf(combination: Readonly<Record<string, MatrixValue>>): readonly MatrixValue[] {
  return Object.values(combination);
}

function nameOf(spec: TaskSpec, id: string): string {
  if (spec.name === null) return id;
  return spec.matrix === null ? spec.name : `${spec.name}${id.slice(spec.id.length)}`;
}
