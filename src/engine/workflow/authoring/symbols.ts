import { spanInExpression, type ExpressionUse } from '../analyze-expressions.ts';
import type { ReferenceStep } from '../../expressions/find-references.ts';
import type { Span } from '../reporter.ts';
import type { TaskSource } from '../workflow-source.ts';
import { scalarsOf } from '../workflow-source.ts';
import type { YamlEntry, YamlScalar } from '../yaml/yaml-node.ts';
import { variablesAt, variablesOf } from './known-names.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** What a name stands for. */
export type SymbolKind = 'task' | 'input' | 'secret' | 'variable' | 'matrix';

/** One place where a name of the author's stands. */
export interface Occurrence extends Span {
  readonly kind: SymbolKind;
  readonly name: string;
  /** The place that brings the name into being, not one that uses it. */
  readonly isDefinition: boolean;
  /** The task that a variable or a value of a matrix belongs to; null for the workflow's. */
  readonly task: TaskSource | null;
}

/** Every place of every name, in file order. Names that several aliases share stand here once. */
export function findOccurrences(model: WorkflowModel): readonly Occurrence[] {
  const found = new Map<string, Occurrence>();
  const add = (one: Occurrence): void => {
    const key = `${String(one.start)} ${one.kind}`;
    if (one.end > one.start && !found.has(key)) found.set(key, one);
  };
  const { source } = model;
  for (const entry of source.inputs.values()) add(define('input', entry));
  for (const scalar of scalarsOf(source.entries.get('secrets')?.value)) {
    add({ ...insideOf(scalar), kind: 'secret', name: scalar.text, isDefinition: true, task: null });
  }
  for (const entry of variablesOf(source.entries.get('env'))) add(define('variable', entry));
  for (const task of source.tasks) {
    add({ ...insideOf(task.key), kind: 'task', name: task.id, isDefinition: true, task: null });
    for (const need of task.needs) {
      const name = model.findTask(need.id)?.id ?? need.id;
      add({ ...insideOf(need.scalar), kind: 'task', name, isDefinition: false, task: null });
    }
    for (const entry of variablesOf(task.entries.get('env'))) {
      add(define('variable', entry, task));
    }
    for (const entry of task.matrix?.entries ?? []) {
      if (entry.key.text === 'include' || entry.key.text === 'exclude') continue;
      add(define('matrix', entry, task));
    }
  }
  for (const use of model.expressions.uses) {
    for (const { context, steps } of use.references) {
      const [step] = steps;
      const one = step === undefined ? null : toOccurrence(model, use, context, step);
      if (one !== null) add(one);
    }
  }
  return [...found.values()].sort((left, right) => left.start - right.start);
}

/** The name at an offset; null where there is none. */
export function occurrenceAt(model: WorkflowModel, offset: number): Occurrence | null {
  return findOccurrences(model).find(({ start, end }) => start <= offset && offset <= end) ?? null;
}

/** All places of the same name, the definition among them. */
export function sameAs(model: WorkflowModel, wanted: Occurrence): readonly Occurrence[] {
  return findOccurrences(model).filter(
    ({ kind, name, task }) => kind === wanted.kind && name === wanted.name && task === wanted.task,
  );
}

/** The place within the quotes of a key or value. */
export function insideOf(scalar: YamlScalar): Span {
  const isQuoted = scalar.style === 'single' || scalar.style === 'double';
  return isQuoted ? { start: scalar.start + 1, end: scalar.end - 1 } : scalar;
}

function define(kind: SymbolKind, { key }: YamlEntry, task: TaskSource | null = null): Occurrence {
  return { ...placeOf(insideOf(key)), kind, name: key.text, isDefinition: true, task };
}

function toOccurrence(
  model: WorkflowModel,
  use: ExpressionUse,
  context: string,
  step: ReferenceStep,
): Occurrence | null {
  if (step.kind !== 'name') return null;
  const at = (): Span => spanInExpression(model.text, use, step);
  const here = use.use.task === null ? null : (model.findTask(use.use.task.id) ?? null);
  const isDefinition = false;
  const task = null;
  switch (context) {
    case 'tasks': {
      const name = model.findTask(step.name)?.id ?? step.name;
      return { ...at(), kind: 'task', name, isDefinition, task };
    }
    case 'inputs':
      return {
        ...at(),
        kind: 'input',
        name: fold(step.name, model.source.inputs.keys()),
        isDefinition,
        task,
      };
    case 'secrets':
      return {
        ...at(),
        kind: 'secret',
        name: fold(step.name, model.source.secrets),
        isDefinition,
        task,
      };
    case 'matrix': {
      const names = here?.matrix?.entries.map(({ key }) => key.text) ?? [];
      return { ...at(), kind: 'matrix', name: fold(step.name, names), isDefinition, task: here };
    }
    case 'env': {
      const own = variablesOf(here?.entries.get('env')).map(({ key }) => key.text);
      const name = fold(step.name, variablesAt(model, here).keys());
      return {
        ...at(),
        kind: 'variable',
        name,
        isDefinition,
        task: own.includes(name) ? here : null,
      };
    }
    default:
      return null;
  }
}

/** The name as it is written where it is defined: expressions do not mind the case. */
function fold(name: string, known: Iterable<string>): string {
  const folded = name.toLowerCase();
  let found = name;
  for (const one of known) {
    if (one === name) return one;
    if (one.toLowerCase() === folded) found = one;
  }
  return found;
}

function placeOf({ start, end }: Span): Span {
  return { start, end };
}
