import { pendingTask } from '../../../model/events.ts';
import type { Execution, TaskExecution } from '../../../model/execution.ts';
import { matrixTaskId } from '../../../model/ids.ts';
import { expandMatrix } from '../expand-matrix.ts';
import type { TaskSource, WorkflowSource } from '../workflow-source.ts';
import { kindOf } from './describe-task.ts';

/**
 * The tasks of a text as they would be in an execution: order and needs are those of the text, also when it is not
 * valid, and the states those of an execution where it has the task. A need that is not there is left out.
 */
export function graphTasks(
  source: WorkflowSource,
  execution: Execution | null,
): readonly TaskExecution[] {
  const runs = runsById(execution);
  const rows = new Map<string, readonly TaskExecution[]>();
  for (const [id, task] of source.taskById) rows.set(id, rowsOf(task, runs.get(id) ?? []));
  return [...source.taskById].flatMap(([id, task]) => {
    // One row of a group stands for all of it.
    const needs = task.needs.flatMap((need) => rows.get(need.id)?.slice(0, 1) ?? []);
    const ids = [...new Set(needs.map((row) => row.id))];
    return (rows.get(id) ?? []).map((row): TaskExecution => {
      return { ...row, needs: ids, isFinally: task.isFinally };
    });
  });
}

/** Tasks of an execution by the id that the file has for them. */
function runsById(execution: Execution | null): ReadonlyMap<string, readonly TaskExecution[]> {
  const runs = new Map<string, TaskExecution[]>();
  for (const task of execution?.tasks ?? []) {
    const id = task.group ?? task.id;
    const others = runs.get(id);
    if (others === undefined) runs.set(id, [task]);
    else others.push(task);
  }
  return runs;
}

function rowsOf(task: TaskSource, runs: readonly TaskExecution[]): readonly TaskExecution[] {
  const isMatrix = task.matrix !== null;
  const [first] = runs;
  if (first !== undefined && (first.group !== null) === isMatrix) return runs;
  if (task.matrix === null) return [rowOf(task, task.id)];
  const { combinations } = expandMatrix(task.matrix, task.matrix);
  const ids = new Set(combinations.map((one) => matrixTaskId(task.id, Object.values(one))));
  return ids.size === 0 ? [rowOf(task, task.id)] : [...ids].map((id) => rowOf(task, id));
}

function rowOf(task: TaskSource, id: string): TaskExecution {
  const name = task.entries.get('name')?.value;
  return pendingTask({
    id,
    name: name?.kind === 'scalar' && name.text !== '' ? name.text : id,
    kind: kindOf(task) ?? 'run',
    group: task.matrix === null ? null : task.id,
    matrix: null,
    needs: [],
    isFinally: task.isFinally,
    continueOnError: false,
    timeoutMs: null,
    stuckAfterMs: null,
  });
}
