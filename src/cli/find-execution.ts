import { recoverInterrupted } from '../engine/liveness/recover.ts';
import {
  findExecutionId,
  listExecutionIds,
  readExecution,
} from '../engine/store/read-execution.ts';
import type { StateFolder } from '../engine/store/state-folder.ts';
import type { Execution } from '../model/execution.ts';
import { fail, ok, type Result } from '../model/result.ts';
import { isExecutionOver } from '../model/status.ts';
import type { Workspace } from './open-workspace.ts';

/**
 * The execution that an id, a unique prefix of one, or `latest` means. One whose owner is proved dead is marked
 * interrupted first, so that nobody waits for a process that is gone.
 */
export function findExecution(workspace: Workspace, idOrPrefix: string): Result<Execution> {
  const id =
    idOrPrefix === 'latest'
      ? findLatest(workspace.folder)
      : findExecutionId(workspace.folder, idOrPrefix);
  if (!id.ok) return id;
  const read = readExecution(workspace.folder, id.value);
  if (!read.ok || isExecutionOver(read.value.status)) return read;
  const [recovered] = recoverInterrupted(workspace.folder, [read.value]);
  return ok(recovered?.id === read.value.id ? recovered : read.value);
}

/**
 * As `findExecution`; one whose records were deleted while it ran is known from the view, as it is to `list`, and can
 * still be asked to end.
 */
export async function findShown(
  workspace: Workspace,
  idOrPrefix: string,
): Promise<Result<Execution>> {
  const found = findExecution(workspace, idOrPrefix);
  if (found.ok || found.error.code !== 'unknown-execution') return found;
  const meant = (await shownExecutions(workspace.folder)).filter(({ id, parent }) =>
    idOrPrefix === 'latest' ? parent === null : idOrPrefix !== '' && id.startsWith(idOrPrefix),
  );
  const exact = meant.find(({ id }) => id === idOrPrefix);
  const [first, second] = meant;
  const one = exact ?? (idOrPrefix === 'latest' || second === undefined ? first : undefined);
  return one === undefined ? found : ok(one);
}

/** The execution with exactly this id, from its journals or, where these were deleted, from the view. */
export async function readShown(folder: StateFolder, id: string): Promise<Result<Execution>> {
  const read = readExecution(folder, id);
  if (read.ok || read.error.code !== 'unknown-execution') return read;
  const one = (await shownExecutions(folder)).find((execution) => execution.id === id);
  return one === undefined ? read : ok(one);
}

async function shownExecutions(folder: StateFolder): Promise<readonly Execution[]> {
  const { readSnapshot } = await import('../engine/store/state-follower.ts');
  return (await readSnapshot(folder)).executions;
}

/** The newest execution that is no part of another one: who says `latest` means what was started last. */
function findLatest(folder: StateFolder): Result<string> {
  for (const id of listExecutionIds(folder)) {
    const read = readExecution(folder, id);
    if (read.ok && read.value.parent === null) return ok(id);
  }
  return findExecutionId(folder, 'latest');
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
