import { isEmpty, type YamlEntry } from '../yaml/yaml-node.ts';
import type { Span } from '../reporter.ts';
import type { TaskSource } from '../workflow-source.ts';
import { describeInput } from './known-names.ts';
import { describeTask, kindOf } from './describe-task.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** A row of the outline. */
export interface OutlineNode {
  readonly name: string;
  readonly detail: string;
  readonly kind:
    'section' | 'value' | 'input' | 'output' | 'run' | 'uses' | 'approval' | 'http' | 'task';
  /** From the key to the end of the value. */
  readonly range: Span;
  /** The key. */
  readonly selection: Span;
  readonly children: readonly OutlineNode[];
}

/** The file as its sections, with the tasks under `tasks` and `finally`. */
export function findOutline(model: WorkflowModel): readonly OutlineNode[] {
  return [...model.source.entries.values()].map((entry): OutlineNode => {
    const key = entry.key.text;
    if (key === 'tasks' || key === 'finally') {
      const tasks = model.source.tasks.filter(({ isFinally }) => isFinally === (key === 'finally'));
      const detail = tasks.length === 1 ? '1 task' : `${String(tasks.length)} tasks`;
      const byKey = new Map(tasks.map((task) => [task.key, task]));
      const children = entriesOf(entry).flatMap((one) => {
        const task = byKey.get(one.key);
        return task === undefined ? [] : [taskNode(task, one)];
      });
      return node(entry, 'section', detail, children);
    }
    if (key === 'inputs') {
      const inputs = entriesOf(entry).map((one) => node(one, 'input', describeInput(one)));
      return node(entry, 'section', '', inputs);
    }
    if (key === 'outputs') {
      const outputs = entriesOf(entry).map((one) => node(one, 'output', textOf(one)));
      return node(entry, 'section', '', outputs);
    }
    const isSection = entry.value.kind !== 'scalar';
    return node(entry, isSection ? 'section' : 'value', textOf(entry));
  });
}

function taskNode(task: TaskSource, entry: YamlEntry): OutlineNode {
  return node(entry, kindOf(task) ?? 'task', describeTask(task));
}

function node(
  entry: YamlEntry,
  kind: OutlineNode['kind'],
  detail: string,
  children: readonly OutlineNode[] = [],
): OutlineNode {
  const { key, value } = entry;
  // An alias stands for a value that is elsewhere.
  const isHere = value.start >= key.start && !isEmpty(value);
  return {
    name: key.text === '' ? '(empty)' : key.text,
    detail,
    kind,
    range: { start: key.start, end: isHere ? Math.max(key.end, value.end) : key.end },
    selection: { start: key.start, end: key.end },
    children,
  };
}

function entriesOf({ value }: YamlEntry): readonly YamlEntry[] {
  return value.kind === 'map' ? value.entries : [];
}

function textOf({ value }: YamlEntry): string {
  if (value.kind !== 'scalar') return '';
  const line = value.text.split('\n', 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
