import type { ParseContext } from './parse-context.ts';
import type { Shape, TaskPlace, TemplateUse } from './check-shape.ts';
import type { Span } from './reporter.ts';
import {
  isEmpty,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from './yaml/yaml-node.ts';

/** A task as it is written, before it is known to be right. */
export interface TaskSource extends TaskPlace {
  readonly key: YamlScalar;
  /** Null when the value is no map. */
  readonly map: YamlMap | null;
  /** True for an id with nothing behind it. */
  readonly isEmpty: boolean;
  /** The entries of the map by key. */
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly needs: readonly NeedSource[];
  /** The matrix, if it has one. */
  readonly matrix: YamlMap | null;
}

/** One name in `needs`. */
export interface NeedSource extends Span {
  readonly id: string;
  /** The scalar, for a replacement that keeps its quotes. */
  readonly scalar: YamlScalar;
}

/** A file as it is written, with what the rules look things up in. */
export interface WorkflowSource {
  readonly text: string;
  readonly context: ParseContext;
  readonly root: YamlMap;
  readonly entries: ReadonlyMap<string, YamlEntry>;
  /** In file order, `finally` tasks last. */
  readonly tasks: readonly TaskSource[];
  /** By id; of two with one id the first. */
  readonly taskById: ReadonlyMap<string, TaskSource>;
  /** By id in lower case, as expressions find them where no id is written just so. */
  readonly taskByFoldedId: ReadonlyMap<string, TaskSource>;
  readonly inputs: ReadonlyMap<string, YamlEntry>;
  readonly secrets: ReadonlySet<string>;
  readonly shape: Shape;
  /** Templates of a task, by its id. */
  readonly templatesOf: ReadonlyMap<string, readonly TemplateUse[]>;
}

/** Reads what the rules need; what has the wrong type is left out, since the shape check has spoken. */
export function readSource(
  text: string,
  root: YamlMap,
  shape: Shape,
  context: ParseContext,
): WorkflowSource {
  const entries = indexOf(root);
  const tasks = [
    ...readTasks(entries.get('tasks')?.value, false),
    ...readTasks(entries.get('finally')?.value, true),
  ];
  const taskById = new Map<string, TaskSource>();
  const taskByFoldedId = new Map<string, TaskSource>();
  for (const task of tasks) {
    if (!taskById.has(task.id)) taskById.set(task.id, task);
    const folded = task.id.toLowerCase();
    if (!taskByFoldedId.has(folded)) taskByFoldedId.set(folded, task);
  }
  const inputs = entries.get('inputs')?.value;
  const templatesOf = new Map<string, TemplateUse[]>();
  for (const template of shape.templates) {
    if (template.task === null) continue;
    const list = templatesOf.get(template.task.id);
    if (list === undefined) templatesOf.set(template.task.id, [template]);
    else list.push(template);
  }
  return {
    text,
    context,
    root,
    entries,
    tasks,
    taskById,
    taskByFoldedId,
    inputs: indexOf(inputs?.kind === 'map' ? inputs : null),
    secrets: new Set(scalarsOf(entries.get('secrets')?.value).map((scalar) => scalar.text)),
    shape,
    templatesOf,
  };
}

function readTasks(node: YamlNode | undefined, isFinally: boolean): TaskSource[] {
  if (node?.kind !== 'map') return [];
  return node.entries.map(({ key, value }): TaskSource => {
    const map = value.kind === 'map' ? value : null;
    const entries = indexOf(map);
    const strategy = entries.get('strategy')?.value;
    const matrix = indexOf(strategy?.kind === 'map' ? strategy : null).get('matrix')?.value;
    const needs = scalarsOf(entries.get('needs')?.value).map((scalar): NeedSource => {
      return { id: scalar.text, start: scalar.start, end: scalar.end, scalar };
    });
    return {
      id: key.text,
      key,
      isFinally,
      map,
      isEmpty: isEmpty(value),
      entries,
      needs,
      matrix: matrix?.kind === 'map' ? matrix : null,
    };
  });
}

/** The entries of a map by key; empty for none. */
export function indexOf(map: YamlMap | null): ReadonlyMap<string, YamlEntry> {
  const index = new Map<string, YamlEntry>();
  for (const entry of map?.entries ?? []) index.set(entry.key.text, entry);
  return index;
}

/** The scalars of a value that may be one or a list of them; empty ones are left out. */
export function scalarsOf(node: YamlNode | undefined): readonly YamlScalar[] {
  if (node === undefined) return [];
  const nodes = node.kind === 'list' ? node.items : [node];
  return nodes.filter((item): item is YamlScalar => item.kind === 'scalar' && item.value !== null);
}
