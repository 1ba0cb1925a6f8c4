/** Where two executions of a workflow went apart, and what differs between them. */
import type { Execution, GitState, TaskExecution } from './execution.ts';
import type { FailureReason, TaskStatus } from './status.ts';

/** What became of a task in one of the two. */
export interface ComparedSide {
  readonly status: TaskStatus;
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly attempt: number;
  /** From its first attempt to its end; null while it is not over, or never began. */
  readonly durationMs: number | null;
}

/** A task of either; null is a side that has no such task. `outputs` names those that differ. */
export interface ComparedTask {
  readonly id: string;
  readonly name: string;
  readonly before: ComparedSide | null;
  readonly after: ComparedSide | null;
  /** What differs, the heaviest first; null: both went the same way. */
  readonly difference: 'only-before' | 'only-after' | 'status' | 'outputs' | null;
  readonly outputs: readonly string[];
}

/** A value that differs; null is a side that has none. */
export interface ComparedValue {
  readonly kind: 'source' | 'input' | 'output' | 'task-output';
  /** The task that it came out of. */
  readonly task: string | null;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** All that differs. */
export interface Comparison {
  /** Tasks of both in the order in which they depend on each other. */
  readonly tasks: readonly ComparedTask[];
  /** The first of them that went another way. */
  readonly divergence: ComparedTask | null;
  /** Values that differ, and only those. */
  readonly values: readonly ComparedValue[];
  /** Whether both ran the same text; null where that is not on record. */
  readonly isSameWorkflow: boolean | null;
}

/** Compares two executions; `before` is usually the older one. Total: also for executions of different workflows. */
export function compareExecutions(before: Execution, after: Execution): Comparison {
  const old = new Map(before.tasks.map((task) => [task.id, task]));
  const now = new Map(after.tasks.map((task) => [task.id, task]));
  const tasks = inOrder(before, after).map((id) => compareTask(id, old.get(id), now.get(id)));
  const { hash } = before.workflow;
  return {
    tasks,
    divergence: tasks.find(({ difference }) => difference !== null) ?? null,
    values: [
      ...compareSource(before, after),
      ...compareValues('input', null, before.inputs, after.inputs),
      ...compareValues('output', null, before.outputs, after.outputs),
      ...tasks.flatMap(({ id, name }) =>
        compareValues('task-output', name, old.get(id)?.outputs ?? {}, now.get(id)?.outputs ?? {}),
      ),
    ],
    isSameWorkflow:
      hash === null || after.workflow.hash === null ? null : hash === after.workflow.hash,
  };
}

/**
 * The ids of the tasks of both: a task comes after all it needs in either, so that the first one that differs is a
 * cause and no consequence; apart from that in the order of the file.
 */
function inOrder(before: Execution, after: Execution): readonly string[] {
  const needs = new Map<string, string[]>();
  const finals = new Set<string>();
  for (const task of [...after.tasks, ...before.tasks]) {
    needs.set(task.id, [...(needs.get(task.id) ?? []), ...task.needs]);
    if (task.isFinally) finals.add(task.id);
  }
  const order = new Set<string>();
  const entered = new Set<string>();
  const enter = (first: string): void => {
    // A walk with a stack of its own: a chain of tasks may be longer than the calls that fit into each other.
    const stack = [first];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const open = entered.has(id)
        ? []
        : (needs.get(id) ?? []).filter((need) => needs.has(need) && !entered.has(need));
      entered.add(id);
      if (open.length > 0) stack.push(...open.reverse());
      else order.add(stack.pop() ?? id);
    }
  };
  for (const id of needs.keys()) if (!finals.has(id)) enter(id);
  for (const id of finals) enter(id);
  return [...order];
}

function compareTask(
  id: string,
  before: TaskExecution | undefined,
  after: TaskExecution | undefined,
): ComparedTask {
  const outputs =
    before === undefined || after === undefined
      ? []
      : compareValues('task-output', id, before.outputs, after.outputs).map(({ name }) => name);
  return {
    id,
    name: after?.name ?? before?.name ?? id,
    before: before === undefined ? null : toSide(before),
    after: after === undefined ? null : toSide(after),
    difference: differenceOf(before, after, outputs.length > 0),
    outputs,
  };
}

function differenceOf(
  before: TaskExecution | undefined,
  after: TaskExecution | undefined,
  hasOtherOutputs: boolean,
): ComparedTask['difference'] {
  if (after === undefined) return 'only-before';
  if (before === undefined) return 'only-after';
  if (before.status !== after.status || before.reason !== after.reason) return 'status';
  return hasOtherOutputs ? 'outputs' : null;
}

function toSide(task: TaskExecution): ComparedSide {
  const { status, reason, message, attempt, startedAt, finishedAt } = task;
  const durationMs =
    startedAt === null || finishedAt === null
      ? null
      : Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt));
  return { status, reason, message, attempt, durationMs };
}

/** Branch and commit, where both are on record. */
function compareSource(
  { git: before }: Execution,
  { git: after }: Execution,
): readonly ComparedValue[] {
  if (before === undefined || after === undefined) return [];
  return compareValues('source', null, known(before), known(after));
}

function known({ branch, commit }: GitState): Readonly<Record<string, string>> {
  return { ...(branch !== null && { branch }), ...(commit !== null && { commit }) };
}

function compareValues(
  kind: ComparedValue['kind'],
  task: string | null,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly ComparedValue[] {
  const textOf = (values: Readonly<Record<string, unknown>>, name: string): string | null =>
    Object.hasOwn(values, name) ? String(values[name]) : null;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((name) => ({
      kind,
      task,
      name,
      before: textOf(before, name),
      after: textOf(after, name),
    }))
    .filter((value) => value.before !== value.after);
}
