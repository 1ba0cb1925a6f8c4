import { isUsesPath, pathOfAgent } from '../agent-id.ts';
import type { ValueType } from '../keys/key-spec.ts';
import { indexOf, scalarsOf } from '../workflow-source.ts';
import type { CursorPlace } from './cursor-place.ts';
import { describeTask } from './describe-task.ts';
import { taskOfPath } from './known-names.ts';
import { suggestion, type AuthoringContext, type Suggestion } from './suggestion.ts';
import type { TypePlace } from './type-at.ts';
import { singleOf } from './type-at.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** Reasons of failures that `retry` may name. */
const retryReasons = ['exit', 'signal', 'timeout', 'spawn', 'output', 'internal'] as const;

/** Values that a key can have. */
export function completeValues(
  model: () => WorkflowModel,
  at: CursorPlace,
  found: TypePlace,
  context: AuthoringContext,
  text: string,
): readonly Suggestion[] {
  const key = found.spec?.key ?? '';
  const listed = listedAt(at);
  if (found.place === 'task' && key === 'needs') return completeNeeds(model(), at, listed, text);
  if (found.place === 'task' && key === 'uses') return completeUses(at, context);
  if (found.place === 'workflow' && key === 'secrets') {
    return context.secretNames
      .filter((name) => !listed.has(name))
      .map((name) => suggestion(name, 'secret', at.replace, { detail: 'stored' }));
  }
  if (found.place === 'retry' && key === 'on') {
    return retryReasons
      .filter((reason) => !listed.has(reason))
      .map((reason) => suggestion(reason, 'word', at.replace));
  }
  if (found.place === 'input' && key === 'default') return completeDefault(model(), at);
  return wordsOf(singleOf(found.type)).map((word) =>
    suggestion(word, 'word', at.replace, {
      detail: word === found.spec?.default ? 'default' : '',
    }),
  );
}

/** The words that a value of a type is one of. */
function wordsOf(type: ValueType | null): readonly string[] {
  if (type?.kind === 'boolean') return ['true', 'false'];
  return type?.kind === 'word' ? type.words : [];
}

/** Items that the list has already. */
function listedAt(at: CursorPlace): ReadonlySet<string> {
  return at.isItem ? at.siblings : new Set();
}

function completeNeeds(
  model: WorkflowModel,
  at: CursorPlace,
  listed: ReadonlySet<string>,
  text: string,
): readonly Suggestion[] {
  const [section, id = ''] = at.path;
  const self = taskOfPath(model, at.path);
  const taken = new Set(listed);
  for (const need of self?.needs ?? []) {
    // What the cursor is in may be one of the ids that were read, unless its line was left out.
    const isHere = need.end >= at.replace.start && need.start <= at.replace.end;
    if (!isHere || model.text !== text) taken.add(need.id);
  }
  return model.source.tasks
    .filter((task) => {
      if (task.id === id || task.isFinally !== (section === 'finally')) return false;
      // One that needs this task already would make a circle.
      return !taken.has(task.id) && !model.graph.isBefore(id, task.id);
    })
    .map((task) => suggestion(task.id, 'task', at.replace, { detail: describeTask(task) }));
}

function completeUses(at: CursorPlace, context: AuthoringContext): readonly Suggestion[] {
  const others = context.agents.filter((agent) => agent !== context.agent);
  if (!isUsesPath(at.typed) && !at.typed.startsWith('.')) {
    return others.map((agent) => suggestion(agent, 'agent', at.replace, { detail: 'agent' }));
  }
  // Relative paths go from the file; the depth of the agent's id is that of the file.
  const up = '../'.repeat(context.agent.split('/').length - 1);
  const folder = context.agent.split('/').slice(0, -1).join('/');
  return others.map((agent) => {
    const file = pathOfAgent(agent, '.');
    const isBeside = folder === '' || file.startsWith(`${folder}/`);
    const path = isBeside ? `./${file.slice(folder === '' ? 0 : folder.length + 1)}` : up + file;
    return suggestion(path, 'agent', at.replace, { detail: agent });
  });
}

/** Names that `with` may give: the inputs of the agent that is used. */
export function completeArguments(model: WorkflowModel, at: CursorPlace): readonly Suggestion[] {
  const uses = taskOfPath(model, at.path)?.entries.get('uses')?.value;
  if (uses?.kind !== 'scalar') return [];
  const target = model.source.context.resolveUses?.(uses.text);
  const inputs = target?.kind === 'found' ? (target.inputs ?? []) : [];
  return inputs
    .filter(({ name }) => !at.siblings.has(name))
    .map(({ name, type, required, description }) =>
      suggestion(name, 'input', at.replace, {
        insert: at.hasColon ? name : `${name}: `,
        detail: required ? `${type}, required` : type,
        docs: description ?? '',
      }),
    );
}

function completeDefault(model: WorkflowModel, at: CursorPlace): readonly Suggestion[] {
  const [, name = ''] = at.path;
  const input = model.source.inputs.get(name)?.value;
  const keys = indexOf(input?.kind === 'map' ? input : null);
  const type = keys.get('type')?.value;
  if (type?.kind !== 'scalar') return [];
  const options = scalarsOf(keys.get('options')?.value).map(({ text }) => text);
  const words = type.text === 'choice' ? options : type.text === 'boolean' ? ['true', 'false'] : [];
  return words.map((word) => suggestion(word, 'word', at.replace));
}
