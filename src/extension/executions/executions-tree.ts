import type { Execution, StuckVerdict, TaskExecution } from '../../model/execution.ts';
import { verdictOf, type FolderState, type NodeRef } from '../folder-state.ts';
import { commandIds } from '../ids.ts';
import type { NodeSpec } from '../tree/kept-tree.ts';
import {
  describeAttemptNode,
  describeExecutionNode,
  describeGroupNode,
  describeTaskNode,
} from './describe-execution-node.ts';

/** How many executions of a folder are shown before "Show more…". */
export const pageSize = 50;

type Spec = NodeSpec<NodeRef>;

/** What one folder's rows are made from. */
interface Scope {
  readonly folder: FolderState;
  readonly children: ReadonlyMap<string, readonly Execution[]>;
  readonly now: Date;
}

/**
 * The executions view as it should look now: executions, newest first, over tasks (combinations of a matrix under one
 * row) over attempts; a child execution under the task that runs it. Folders are a level only when several have some.
 * `limits` says how many executions of a folder are shown (`pageSize` when it says nothing).
 */
export function executionsTree(
  folders: readonly FolderState[],
  limits: ReadonlyMap<string, number>,
  now: Date,
): readonly Spec[] {
  const filled = folders.filter((folder) => folder.executions.length > 0);
  const only = filled.length === 1 ? filled[0] : undefined;
  if (only !== undefined) return executionsOf(only, limits, now);
  return filled.map((folder) => ({
    id: folder.key,
    ref: { kind: 'folder', folder: folder.key },
    item: {
      label: folder.name,
      description: '',
      icon: { id: 'root-folder', color: null },
      context: 'folder',
      spoken: `Folder ${folder.name}`,
      open: 'expanded',
      click: null,
    },
    stamps: [folder, limits.get(folder.key)],
    children: () => executionsOf(folder, limits, now),
  }));
}

function executionsOf(
  folder: FolderState,
  limits: ReadonlyMap<string, number>,
  now: Date,
): readonly Spec[] {
  const ids = new Set(folder.executions.map((execution) => execution.id));
  const children = new Map<string, Execution[]>();
  const top: Execution[] = [];
  for (const execution of folder.executions) {
    const parent = execution.parent;
    // The child of an execution that was removed stands for itself.
    if (parent === null || !ids.has(parent.execution)) top.push(execution);
    else children.set(parent.execution, [...(children.get(parent.execution) ?? []), execution]);
  }
  const limit = limits.get(folder.key) ?? pageSize;
  const scope: Scope = { folder, children, now };
  const shown = top.slice(0, limit).map((execution) => executionSpec(scope, execution));
  return top.length <= limit ? shown : [...shown, moreSpec(folder, top.length - limit)];
}

function executionSpec(scope: Scope, execution: Execution): Spec {
  const { folder, now } = scope;
  const family = familyOf(scope, execution);
  const ids = new Set(family.map((member) => member.id));
  const verdicts = folder.verdicts.filter((verdict) => ids.has(verdict.execution));
  const own = verdicts.filter((verdict) => verdict.execution === execution.id);
  return {
    id: `${folder.key}/${execution.id}`,
    ref: { kind: 'execution', folder: folder.key, execution: execution.id },
    item: describeExecutionNode(execution, own, now),
    // The day is in it since yesterday's rows show a date.
    stamps: [...family, ...verdicts, now.toDateString()],
    children: execution.tasks.length === 0 ? null : () => taskSpecs(scope, execution, own),
  };
}

/** The execution and all that runs for it. */
function familyOf(scope: Scope, execution: Execution): readonly Execution[] {
  const family = [execution];
  for (const member of family) family.push(...(scope.children.get(member.id) ?? []));
  return family;
}

function taskSpecs(
  scope: Scope,
  execution: Execution,
  verdicts: readonly StuckVerdict[],
): readonly Spec[] {
  const groups = new Map<string, TaskExecution[]>();
  for (const task of execution.tasks) {
    if (task.group === null) continue;
    const known = groups.get(task.group);
    if (known === undefined) groups.set(task.group, [task]);
    else known.push(task);
  }
  return execution.tasks.flatMap((task) => {
    if (task.group === null) return [taskSpec(scope, execution, task)];
    const tasks = groups.get(task.group) ?? [];
    // A group stands where its first combination does.
    return tasks[0] === task ? [groupSpec(scope, execution, task.group, tasks, verdicts)] : [];
  });
}

function groupSpec(
  scope: Scope,
  execution: Execution,
  group: string,
  tasks: readonly TaskExecution[],
  verdicts: readonly StuckVerdict[],
): Spec {
  const { folder } = scope;
  const ids = new Set(tasks.map((task) => task.id));
  const own = verdicts.filter((verdict) => verdict.task !== null && ids.has(verdict.task));
  return {
    id: `${folder.key}/${execution.id}/group/${group}`,
    ref: { kind: 'group', folder: folder.key, execution: execution.id, group },
    item: describeGroupNode(group, tasks, own),
    stamps: [execution, ...own],
    children: () => tasks.map((task) => taskSpec(scope, execution, task)),
  };
}

function taskSpec(scope: Scope, execution: Execution, task: TaskExecution): Spec {
  const { folder } = scope;
  const id = `${folder.key}/${execution.id}/task/${task.id}`;
  const ref = { folder: folder.key, execution: execution.id, task: task.id };
  const verdict = verdictOf(folder.verdicts, execution.id, task.id);
  const children = (scope.children.get(execution.id) ?? []).filter(
    (child) => child.parent?.task === task.id,
  );
  const item = describeTaskNode(execution, task, verdict);
  const below = (): readonly Spec[] => [
    ...task.attempts.map((attempt) => ({
      id: `${id}/${String(attempt.attempt)}`,
      ref: { kind: 'attempt', ...ref, attempt: attempt.attempt } as const,
      item: describeAttemptNode(task, attempt),
      stamps: [attempt],
      children: null,
    })),
    ...children.map((child) => executionSpec(scope, child)),
  ];
  return {
    id,
    ref: { kind: 'task', ...ref },
    item,
    // What can be done with a task also depends on whether its execution is over.
    stamps: [
      task,
      verdict,
      execution.status,
      ...children.flatMap((child) => familyStamps(scope, child)),
    ],
    children: item.open === 'leaf' ? null : below,
  };
}

function familyStamps(scope: Scope, child: Execution): readonly unknown[] {
  const family = familyOf(scope, child);
  const ids = new Set(family.map((member) => member.id));
  return [...family, ...scope.folder.verdicts.filter((verdict) => ids.has(verdict.execution))];
}

function moreSpec(folder: FolderState, left: number): Spec {
  const label = 'Show more…';
  return {
    id: `${folder.key}/more`,
    ref: { kind: 'more', folder: folder.key },
    item: {
      label,
      description: `${String(left)} older`,
      icon: { id: 'ellipsis', color: null },
      context: 'more',
      spoken: `Show more, ${String(left)} older executions`,
      open: 'leaf',
      click: commandIds.showMore,
    },
    stamps: [left],
    children: null,
  };
}
