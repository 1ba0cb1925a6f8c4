import { functionNames } from '../../expressions/parse-expression.ts';
import { statusFunctionNames } from '../../expressions/status-functions.ts';
import { sites, type Site, type SiteName } from '../keys/sites.ts';
import type { Span } from '../reporter.ts';
import {
  contextDocs,
  executionPropertyDocs,
  functionDocs,
  taskPropertyDocs,
} from './expression-words.ts';
import {
  describeInput,
  inputDescription,
  matrixOf,
  outputsOf,
  taskOfPath,
  variablesAt,
} from './known-names.ts';
import { describeTask } from './describe-task.ts';
import { suggestion, type Suggestion } from './suggestion.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** Where an expression is being written. */
export interface ExpressionPlace {
  /** The expression up to the cursor. */
  readonly typed: string;
  readonly offset: number;
  readonly site: SiteName;
  /** Keys of the value that it stands in. */
  readonly path: readonly string[];
}

/** The inside of an open `${{` before an offset, up to it; null outside of one. */
export function openExpression(text: string, offset: number): string | null {
  const from = Math.max(0, offset - maxExpression);
  const open = text.slice(from, offset).lastIndexOf('${{');
  if (open === -1) return null;
  const inside = text.slice(from + open + 3, offset);
  return inside.includes('}}') ? null : inside;
}

const maxExpression = 2000;

/** Names that may stand at the cursor in an expression. */
export function completeExpression(
  model: () => WorkflowModel,
  place: ExpressionPlace,
): readonly Suggestion[] {
  const { typed, offset } = place;
  // Inside quotes stands a text of the author's, unless it is an index: `inputs['`.
  const isQuoted = (typed.split("'").length - 1) % 2 === 1;
  const index = /([A-Za-z_][\w.-]*)\[\s*'([\w-]*)$/.exec(typed);
  if (isQuoted && index === null) return [];
  const path = index === null ? (/[A-Za-z_][\w.-]*$/.exec(typed)?.[0] ?? '') : '';
  const steps = index === null ? path.split('.') : [...(index[1] ?? '').split('.'), index[2] ?? ''];
  const last = steps.pop() ?? '';
  const before = typed.slice(0, typed.length - path.length);
  if (index === null && /[\w.)\]'-]$/.test(before)) return [];
  const replace = { start: offset - last.length, end: offset };
  if (steps.length === 0) return startWords(place.site, replace);
  return members(model(), steps, place, replace);
}

function startWords(name: SiteName, replace: Span): readonly Suggestion[] {
  const site: Site = sites[name];
  const contexts = site.contexts.map((context) => {
    const isPlain = context === 'workspace';
    return suggestion(context, 'context', replace, {
      insert: isPlain ? context : `${context}.`,
      docs: contextDocs[context],
      again: !isPlain,
    });
  });
  const functions = functionNames
    .filter((one) => site.hasStatus || !statusFunctionNames.has(one.toLowerCase()))
    .map((one) => {
      const { signature = '', docs = '' } = functionDocs[one] ?? {};
      const hasArguments = !statusFunctionNames.has(one.toLowerCase());
      const insert = hasArguments ? `${one}($0)` : `${one}()`;
      return suggestion(one, 'function', replace, {
        insert,
        isSnippet: hasArguments,
        detail: signature,
        docs,
      });
    });
  return [...contexts, ...functions];
}

function members(
  model: WorkflowModel,
  steps: readonly string[],
  place: ExpressionPlace,
  replace: Span,
): readonly Suggestion[] {
  const [context = '', second = '', third = ''] = steps;
  const task = taskOfPath(model, place.path);
  const name = context.toLowerCase();
  if (name === 'tasks') return taskMembers(model, place, replace, steps.slice(1), second, third);
  if (steps.length > 1) return [];
  switch (name) {
    case 'inputs':
      return [...model.source.inputs.values()].map((entry) =>
        suggestion(entry.key.text, 'input', replace, {
          detail: describeInput(entry),
          docs: inputDescription(entry),
        }),
      );
    case 'secrets':
      return [...model.source.secrets].map((secret) => suggestion(secret, 'secret', replace));
    case 'env':
      return [...variablesAt(model, task)].map(([variable, { value }]) =>
        suggestion(variable, 'variable', replace, {
          detail: value.kind === 'scalar' ? firstLine(value.text) : '',
        }),
      );
    case 'matrix':
      return task === null
        ? []
        : [...matrixOf(task)].map(([key, detail]) =>
            suggestion(key, 'variable', replace, { detail }),
          );
    case 'execution':
      return fixed(executionPropertyDocs, replace);
    default:
      return [];
  }
}

function taskMembers(
  model: WorkflowModel,
  place: ExpressionPlace,
  replace: Span,
  steps: readonly string[],
  id: string,
  property: string,
): readonly Suggestion[] {
  const self = taskOfPath(model, place.path);
  if (steps.length === 0) {
    return model.source.tasks
      .filter((task) => {
        if (self === null) return true;
        if (self.isFinally && !task.isFinally) return true;
        return model.graph.isBefore(task.id, self.id);
      })
      .map((task) =>
        suggestion(task.id, 'task', replace, {
          insert: `${task.id}.`,
          detail: describeTask(task),
          again: true,
        }),
      );
  }
  if (steps.length === 1) {
    return fixed(taskPropertyDocs, replace).map((one) =>
      one.label === 'outputs' ? { ...one, insert: 'outputs.', again: true } : one,
    );
  }
  const task = model.findTask(id);
  if (steps.length > 2 || property.toLowerCase() !== 'outputs' || task === null) return [];
  const known = new Map(outputsOf(model, task).map(({ name, origin }) => [name, origin]));
  for (const read of readOutputs(model, task.id)) {
    if (!known.has(read)) known.set(read, 'read elsewhere in this file');
  }
  return [...known].map(([name, detail]) => suggestion(name, 'property', replace, { detail }));
}

/** Outputs of a task that the file reads somewhere: what a script writes cannot always be seen. */
function readOutputs(model: WorkflowModel, id: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { references } of model.expressions.uses) {
    for (const { context, steps } of references) {
      const [task, property, output] = steps;
      if (context !== 'tasks' || task?.kind !== 'name' || task.name !== id) continue;
      if (property?.kind !== 'name' || property.name !== 'outputs') continue;
      if (output?.kind === 'name') names.add(output.name);
    }
  }
  return names;
}

function fixed(docs: Readonly<Record<string, string>>, replace: Span): readonly Suggestion[] {
  return Object.entries(docs).map(([name, text]) =>
    suggestion(name, 'property', replace, { docs: text }),
  );
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
