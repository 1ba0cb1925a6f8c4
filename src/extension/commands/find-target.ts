import type { Execution, TaskExecution } from '../../model/execution.ts';
import type { FolderState } from '../folder-state.ts';
import type { Wanted } from './read-argument.ts';

/** An execution, and the task of it that was named. */
export interface Target {
  readonly folder: FolderState;
  readonly execution: Execution;
  readonly task: TaskExecution | null;
}

/** What was found: exactly one, a choice for the person, or nothing that answers to the name. */
export type Found =
  | { readonly kind: 'one'; readonly target: Target }
  | { readonly kind: 'choose' }
  | { readonly kind: 'unknown'; readonly what: string };

/**
 * Finds the execution that a command is about. Text is an execution id, a unique beginning of one, `latest`,
 * `<execution>/<task>`, or the id of a task: then of the newest execution where `isFit` says that it makes sense.
 */
export function findTarget(
  states: readonly FolderState[],
  wanted: Wanted,
  isFit: (execution: Execution, task: TaskExecution | null) => boolean,
): Found {
  const folders =
    wanted.folder === null ? states : states.filter((state) => state.key === wanted.folder);
  if (wanted.execution !== null) {
    return inExecution(findExact(folders, wanted.execution), wanted.execution, wanted.task);
  }
  if (wanted.text !== null) return findText(folders, wanted.text, wanted.task, isFit);
  return { kind: 'choose' };
}

/** Every execution that fits, newest first over all folders. */
export function fittingTargets(
  states: readonly FolderState[],
  isFit: (execution: Execution, task: TaskExecution | null) => boolean,
): readonly Target[] {
  return states
    .flatMap((folder) =>
      folder.executions
        .filter((execution) => isFit(execution, null))
        .map((execution) => ({ folder, execution, task: null })),
    )
    .sort((one, other) => (one.execution.createdAt < other.execution.createdAt ? 1 : -1));
}

function findText(
  folders: readonly FolderState[],
  text: string,
  task: string | null,
  isFit: (execution: Execution, task: TaskExecution | null) => boolean,
): Found {
  const all = fittingTargets(folders, () => true);
  if (text === 'latest') return inExecution(all[0] ?? null, text, task);
  const exact = findExact(folders, text);
  if (exact !== null) return inExecution(exact, text, task);
  const slash = text.indexOf('/');
  const owner = slash === -1 ? null : findExact(folders, text.slice(0, slash));
  if (owner !== null) return inExecution(owner, text, text.slice(slash + 1));
  const begun = all.filter(({ execution }) => execution.id.startsWith(text));
  if (begun.length === 1) return inExecution(begun[0] ?? null, text, task);
  for (const target of all) {
    const named = target.execution.tasks.find((one) => one.id === text);
    if (named !== undefined && isFit(target.execution, named)) {
      return { kind: 'one', target: { ...target, task: named } };
    }
  }
  return { kind: 'unknown', what: text };
}

function findExact(folders: readonly FolderState[], id: string): Target | null {
  for (const folder of folders) {
    const execution = folder.executions.find((one) => one.id === id);
    if (execution !== undefined) return { folder, execution, task: null };
  }
  return null;
}

function inExecution(target: Target | null, what: string, task: string | null): Found {
  if (target === null) return { kind: 'unknown', what };
  if (task === null) return { kind: 'one', target };
  const named = target.execution.tasks.find((one) => one.id === task);
  if (named === undefined) return { kind: 'unknown', what: `${target.execution.id}/${task}` };
  return { kind: 'one', target: { ...target, task: named } };
}
