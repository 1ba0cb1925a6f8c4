import { spanInExpression } from '../analyze-expressions.ts';
import type { Reference } from '../../expressions/find-references.ts';
import type { ContextName } from '../keys/sites.ts';
import type { Span } from '../reporter.ts';
import { isEmpty } from '../yaml/yaml-node.ts';
import { describeKey } from './describe-key.ts';
import { describeTask } from './describe-task.ts';
import {
  contextDocs,
  executionPropertyDocs,
  functionDocs,
  taskPropertyDocs,
} from './expression-words.ts';
import { findNode } from './find-path.ts';
import {
  describeInput,
  inputDescription,
  matrixOf,
  outputsOf,
  variablesAt,
} from './known-names.ts';
import { occurrenceAt } from './symbols.ts';
import { typeAt } from './type-at.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** What there is to say about a place. */
export interface HoverText {
  readonly range: Span;
  /** Markdown, paragraph by paragraph. Texts of the author's stand in it as code only. */
  readonly parts: readonly string[];
  /** The task that it is about, for whoever knows its runs. */
  readonly task: string | null;
  /** The names of what an expression reads here, its context first, for whoever knows values. */
  readonly names?: readonly string[];
  /** The words stand in the JSON Schema too. */
  readonly isSchema?: true;
}

/** What the key, task or name at an offset means; null where there is nothing to say. */
export function hoverAt(model: WorkflowModel, offset: number): HoverText | null {
  return hoverExpression(model, offset) ?? hoverTask(model, offset) ?? hoverKey(model, offset);
}

function hoverTask(model: WorkflowModel, offset: number): HoverText | null {
  const found = occurrenceAt(model, offset);
  if (found?.kind !== 'task') return null;
  return { range: found, parts: taskParts(model, found.name), task: found.name };
}

function taskParts(model: WorkflowModel, id: string): readonly string[] {
  const task = model.findTask(id);
  if (task === null) return [];
  const name = task.entries.get('name')?.value;
  const title = name?.kind === 'scalar' && !isEmpty(name) ? ` ${code(name.text)}` : '';
  const words = describeTask(task);
  return [`**Task** ${code(task.id)}${title}${words === '' ? '' : ` — ${words}`}`];
}

function hoverKey(model: WorkflowModel, offset: number): HoverText | null {
  const found = findNode(model.source.root, offset);
  if (found === null) return null;
  const { spec, type } = typeAt(found.path);
  if (spec === null) {
    const input = found.path[0] === 'inputs' && found.path.length === 2;
    const entry = model.source.inputs.get(found.path[1] ?? '');
    if (!found.isKey || !input || entry === undefined) return null;
    return { range: found.scalar, parts: inputParts(entry.key.text, model), task: null };
  }
  if (found.isKey) {
    const parts = [`**${spec.key}**`, describeKey(spec)];
    return { range: found.scalar, parts, task: null, isSchema: true };
  }
  return type?.kind === 'word' || type?.kind === 'boolean'
    ? { range: found.scalar, parts: [spec.docs], task: null, isSchema: true }
    : null;
}

function hoverExpression(model: WorkflowModel, offset: number): HoverText | null {
  for (const use of model.expressions.uses) {
    const { scalar } = use.use;
    if (offset < scalar.start || offset > scalar.end) continue;
    for (const call of use.calls) {
      const range = spanInExpression(model.text, use, call);
      const docs = Object.entries(functionDocs).find(([name]) => name.toLowerCase() === call.name);
      if (contains(range, offset) && docs !== undefined) {
        const [, { signature, docs: text }] = docs;
        return { range, parts: [code(signature), text], task: null };
      }
    }
    for (const reference of use.references) {
      const { steps } = reference;
      const last = [...steps].reverse().find((step) => step.kind === 'name');
      const whole = { start: reference.start, end: last?.end ?? reference.end };
      const range = spanInExpression(model.text, use, whole);
      if (!contains(range, offset)) continue;
      // On the name of the task itself the task is meant, behind it what is read of it.
      const parts = referenceParts(model, reference, use.use.task?.id ?? null);
      const [step] = steps;
      const id = reference.context === 'tasks' && step?.kind === 'name' ? step.name : null;
      const task = id === null ? null : (model.findTask(id)?.id ?? null);
      const names = steps.map((each) => (each.kind === 'name' ? each.name : ''));
      return { range, parts, task, names: [reference.context, ...names] };
    }
  }
  return null;
}

function referenceParts(
  model: WorkflowModel,
  { context, steps }: Reference,
  taskId: string | null,
): readonly string[] {
  const names = steps.map((step) => (step.kind === 'name' ? step.name : '*'));
  const [name = ''] = names;
  if (name === '') return [contextDocs[context as ContextName]];
  switch (context) {
    case 'inputs':
      return inputParts(name, model);
    case 'secrets':
      return [`**Secret** ${code(name)}`, contextDocs.secrets];
    case 'execution':
      return [executionPropertyDocs[name.toLowerCase()] ?? contextDocs.execution];
    case 'env': {
      const task = taskId === null ? null : model.findTask(taskId);
      const entry = variablesAt(model, task).get(name);
      const value = entry?.value.kind === 'scalar' ? entry.value.text : null;
      return [
        `**Variable** ${code(name)}`,
        value === null
          ? 'From the environment or a file of `dotenv`, if it is there.'
          : `Value: ${code(cut(value))}`,
      ];
    }
    case 'matrix': {
      const task = taskId === null ? null : model.findTask(taskId);
      const values = task === null ? undefined : matrixOf(task).get(name);
      const words = values === undefined || values === '' ? '' : `Values: ${code(cut(values))}`;
      return [`**Matrix** ${code(name)}`, words].filter((part) => part !== '');
    }
    case 'tasks':
      return taskReferenceParts(model, names);
    default:
      return [contextDocs[context as ContextName]];
  }
}

const matrixOutputDocs =
  'The outputs of all combinations together: of one that several of them write, what the last one to end wrote. Names that differ (`url-linux`) keep them apart.';

function taskReferenceParts(model: WorkflowModel, names: readonly string[]): readonly string[] {
  const [id = '', property = '', output = ''] = names;
  const parts = [...taskParts(model, id)];
  const task = model.findTask(id);
  if (output !== '' && task !== null) {
    const known = outputsOf(model, task).find(({ name }) => name === output);
    parts.push(`Output ${code(output)}${known === undefined ? '' : `, ${known.origin}`}: text.`);
    if (task.matrix !== null) parts.push(matrixOutputDocs);
  } else if (property !== '') {
    const docs = taskPropertyDocs[property.toLowerCase()];
    if (docs !== undefined) parts.push(`${code(property)}: ${docs}`);
  }
  return parts;
}

function inputParts(name: string, model: WorkflowModel): readonly string[] {
  const folded = name.toLowerCase();
  const entry =
    model.source.inputs.get(name) ??
    [...model.source.inputs.values()].find(({ key }) => key.text.toLowerCase() === folded);
  if (entry === undefined) return [];
  const description = inputDescription(entry);
  return [
    `**Input** ${code(entry.key.text)} — ${code(cut(describeInput(entry)))}`,
    ...(description === '' ? [] : [code(cut(description))]),
  ];
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** A text of the author's, so that nothing in it is read as Markdown. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const ticks = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  if (ticks === 0) return `\`${line}\``;
  const fence = '`'.repeat(ticks + 1);
  return `${fence} ${line} ${fence}`;
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
