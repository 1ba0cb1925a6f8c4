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
import {
  executionSections,
  nameSection,
  sectionOf,
  type ExecutionSection,
} from './execution-sections.ts';
import { isNarrowing, isWanted, type ExecutionsFilter } from './executions-filter.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';
import { describeCount } from '../describe-count.ts';

/** How many executions of a section, or of a folder without sections, are shown before "Show more…". */
export const pageSize = 50;

/** Failures stand above what ran today: old ones must not push that out of sight. */
export const failedPageSize = 10;

/** What a person chose to see. */
export interface TreeShape {
  /** How many executions are shown, by `limitKey`; the page sizes above where it says nothing. */
  readonly limits: ReadonlyMap<string, number>;
  /** Under headings by state and day, or all in one row. */
  readonly isGrouped: boolean;
  readonly filter: ExecutionsFilter;
  /** Words are English without it. */
  readonly t?: Translate;
}

type Spec = NodeSpec<NodeRef>;

/** What one folder's rows are made from. */
interface Scope {
  readonly folder: FolderState;
  readonly children: ReadonlyMap<string, readonly Execution[]>;
  readonly shape: TreeShape;
  readonly now: Date;
  readonly t: Translate;
}

/**
 * The executions view as it should look now: headings over executions, newest first, over tasks (combinations of a
 * matrix under one row) over attempts; a child execution under the task that runs it. Folders are a level only when
 * several have some.
 */
export function executionsTree(
  folders: readonly FolderState[],
  shape: TreeShape,
  now: Date,
): readonly Spec[] {
  const filled = folders.filter((folder) => folder.executions.length > 0);
  const only = filled.length === 1 ? filled[0] : undefined;
  if (only !== undefined) return executionsOf(only, shape, now);
  return filled
    .map((folder) => ({ folder, below: executionsOf(folder, shape, now) }))
    .filter(({ below }) => below.length > 0)
    .map(({ folder, below }) => ({
      id: folder.key,
      ref: { kind: 'folder', folder: folder.key },
      item: headingItem(
        folder.name,
        '',
        (shape.t ?? inEnglish)('Folder {0}', folder.name),
        'root-folder',
      ),
      stamps: [folder, shape, now.toDateString()],
      children: () => below,
    }));
}

function executionsOf(folder: FolderState, shape: TreeShape, now: Date): readonly Spec[] {
  const ids = new Set(folder.executions.map((execution) => execution.id));
  const children = new Map<string, Execution[]>();
  const top: Execution[] = [];
  for (const execution of folder.executions) {
    const parent = execution.parent;
    // The child of an execution that was removed stands for itself.
    if (parent === null || !ids.has(parent.execution)) top.push(execution);
    else children.set(parent.execution, [...(children.get(parent.execution) ?? []), execution]);
  }
  const t = shape.t ?? inEnglish;
  const scope: Scope = { folder, children, shape, now, t };
  const wanted = isNarrowing(shape.filter) ? top.filter(isShown(scope)) : top;
  if (!shape.isGrouped) return page(scope, wanted, null);
  return executionSections.flatMap((section): readonly Spec[] => {
    const some = wanted.filter((execution) => sectionOf(execution, now) === section);
    if (some.length === 0) return [];
    const name = nameSection(section, t);
    const count = describeCount(some.length, t);
    return [
      {
        id: `${folder.key}/section/${section}`,
        ref: { kind: 'section', folder: folder.key, section },
        item: headingItem(name, count, `${name}, ${count}`, null),
        stamps: [folder, shape, now.toDateString()],
        children: () => page(scope, some, section),
      },
    ];
  });
}

/** An execution that runs for another one shows with that one. */
function isShown(scope: Scope): (execution: Execution) => boolean {
  const stuck = new Set(scope.folder.verdicts.map(({ execution }) => execution));
  const { filter } = scope.shape;
  return (execution) =>
    familyOf(scope, execution).some((member) => isWanted(filter, member, stuck.has(member.id)));
}

function page(
  scope: Scope,
  executions: readonly Execution[],
  section: ExecutionSection | null,
): readonly Spec[] {
  const { folder, shape } = scope;
  const limit = shape.limits.get(limitKey(folder.key, section)) ?? firstPage(section);
  const shown = executions.slice(0, limit).map((execution) => executionSpec(scope, execution));
  const left = executions.length - limit;
  return left <= 0 ? shown : [...shown, moreSpec(scope, section, left)];
}

/** The place in `limits` of a section, or of a folder without sections. */
export function limitKey(folder: string, section: ExecutionSection | null): string {
  return section === null ? folder : `${folder}/${section}`;
}

/** How many executions are shown at first. What runs is shown whole. */
export function firstPage(section: ExecutionSection | null): number {
  if (section === 'running') return Number.MAX_SAFE_INTEGER;
  return section === 'failed' ? failedPageSize : pageSize;
}

function headingItem(
  label: string,
  description: string,
  spoken: string,
  icon: string | null,
): Spec['item'] {
  return {
    label,
    description,
    icon: icon === null ? null : { id: icon, color: null },
    context: icon === null ? 'section' : 'folder',
    spoken,
    open: 'expanded',
    click: null,
  };
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
    item: describeExecutionNode(execution, own, now, scope.t),
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
    item: describeGroupNode(group, tasks, own, scope.t),
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
  const item = describeTaskNode(execution, task, verdict, scope.t);
  const below = (): readonly Spec[] => [
    ...task.attempts.map((attempt) => ({
      id: `${id}/${String(attempt.attempt)}`,
      ref: { kind: 'attempt', ...ref, attempt: attempt.attempt } as const,
      item: describeAttemptNode(task, attempt, scope.t),
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

function moreSpec({ folder, t }: Scope, section: ExecutionSection | null, left: number): Spec {
  const label = t('Show more…');
  return {
    id: `${limitKey(folder.key, section)}/more`,
    ref: { kind: 'more', folder: folder.key, section },
    item: {
      label,
      description: t('{0} older', left),
      icon: { id: 'ellipsis', color: null },
      context: 'more',
      spoken: t('Show more, {0} older executions', left),
      open: 'leaf',
      click: commandIds.showMore,
    },
    stamps: [left],
    children: null,
  };
}
