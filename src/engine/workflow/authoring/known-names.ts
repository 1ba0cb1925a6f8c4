import { expandMatrix } from '../expand-matrix.ts';
import { httpOutputs } from '../rules/known-outputs.ts';
import type { TaskSource } from '../workflow-source.ts';
import { indexOf } from '../workflow-source.ts';
import { describeNode, type YamlEntry } from '../yaml/yaml-node.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** An output that a task has, as far as its text tells. */
export interface KnownOutput {
  readonly name: string;
  /** In words: where it comes from. */
  readonly origin: string;
}

/** Outputs of a task: those of a request or another workflow, and names that a script writes or others read. */
export function outputsOf(model: WorkflowModel, task: TaskSource): readonly KnownOutput[] {
  if (task.entries.has('http')) {
    return httpOutputs.map((name) => ({ name, origin: 'of the answer' }));
  }
  const uses = task.entries.get('uses')?.value;
  if (uses?.kind === 'scalar') {
    const target = model.source.context.resolveUses?.(uses.text);
    const names = target?.kind === 'found' ? (target.outputs ?? []) : [];
    return names.map((name) => ({ name, origin: `of ${uses.text}` }));
  }
  const run = task.entries.get('run')?.value;
  if (run?.kind !== 'scalar') return [];
  const names = new Set<string>();
  // `echo "name=value" >> "$AGENT_OUTPUT"`, and the same in other languages: an assignment in quotes or after echo.
  if (run.text.includes('AGENT_OUTPUT')) {
    for (const [, name] of run.text.matchAll(/(?:echo\s+|["'`])([A-Za-z_][\w-]*)(?:=|<<)/g)) {
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].map((name) => ({ name, origin: 'written by the script' }));
}

/** Names of a task's matrix with their values in words. */
export function matrixOf(task: TaskSource): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (task.matrix === null) return found;
  for (const name of expandMatrix(task.matrix, task.matrix).names) found.set(name, '');
  for (const { key, value } of task.matrix.entries) {
    if (!found.has(key.text)) continue;
    const items = value.kind === 'list' ? value.items : [value];
    const words = items.slice(0, 20).map((item) => describeNode(item).replace(/^the number /, ''));
    found.set(key.text, words.join(', ') + (items.length > 20 ? ', …' : ''));
  }
  return found;
}

/** Entries of an `env` map. */
export function variablesOf(entry: YamlEntry | undefined): readonly YamlEntry[] {
  return entry?.value.kind === 'map' ? entry.value.entries : [];
}

/** Variables that can be read in a task, or at the level of the workflow; those of the task win. */
export function variablesAt(
  model: WorkflowModel,
  task: TaskSource | null,
): ReadonlyMap<string, YamlEntry> {
  const found = new Map<string, YamlEntry>();
  const env = [...variablesOf(model.source.entries.get('env'))];
  if (task !== null) env.push(...variablesOf(task.entries.get('env')));
  for (const entry of env) found.set(entry.key.text, entry);
  return found;
}

/** What an input is, in words: `choice, default beta: stable, beta`. */
export function describeInput(entry: YamlEntry): string {
  const keys = indexOf(entry.value.kind === 'map' ? entry.value : null);
  const text = (key: string): string | null => {
    const value = keys.get(key)?.value;
    return value?.kind === 'scalar' && value.value !== null ? value.text : null;
  };
  const options = keys.get('options')?.value;
  const choices =
    options?.kind === 'list'
      ? options.items.flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
      : [];
  return [
    text('type') ?? 'string',
    text('required') === 'true' ? 'required' : null,
    text('default') === null ? null : `default ${text('default') ?? ''}`,
    choices.length === 0 ? null : `one of ${choices.join(', ')}`,
    text('pattern') === null ? null : `must match ${text('pattern') ?? ''}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** The description of an input; empty without one. */
export function inputDescription(entry: YamlEntry): string {
  const keys = indexOf(entry.value.kind === 'map' ? entry.value : null);
  const value = keys.get('description')?.value;
  return value?.kind === 'scalar' && value.value !== null ? value.text : '';
}

/** The task that a path of keys is in. */
export function taskOfPath(model: WorkflowModel, path: readonly string[]): TaskSource | null {
  const [section, id] = path;
  if (section !== 'tasks' && section !== 'finally') return null;
  const isFinally = section === 'finally';
  return model.source.tasks.find((task) => task.id === id && task.isFinally === isFinally) ?? null;
}
