import { findExecutionId, readExecution } from '../engine/store/read-execution.ts';
import type { Execution } from '../model/execution.ts';
import { fail, type Result } from '../model/result.ts';
import type { Workspace } from './open-workspace.ts';

/** The execution that an id, a unique prefix of one, or `latest` means. */
export function findExecution(workspace: Workspace, idOrPrefix: string): Result<Execution> {
  const id = findExecutionId(workspace.folder, idOrPrefix);
  if (!id.ok) return id;
  return readExecution(workspace.folder, id.value);
}

/** The task with this id, or all combinations of the matrix task with this id. Code `unknown-task`. */
export function findTasks(execution: Execution, name: string): Result<readonly string[]> {
  const ids = execution.tasks
    .filter((task) => task.id === name || task.group === name)
    .map((task) => task.id);
  if (ids.length > 0) return { ok: true, value: ids };
  const known = execution.tasks.map((task) => task.id);
  return fail(
    'unknown-task',
    `execution ${execution.id} has no task "${name}"; it has ${known.join(', ') || 'none'}`,
  );
}
