import type { SiteName } from '../keys/sites.ts';
import { completeExpression, openExpression } from './complete-expression.ts';
import { completeKeys } from './complete-keys.ts';
import { completeArguments, completeValues } from './complete-values.ts';
import { findCursorPlace, type CursorPlace } from './cursor-place.ts';
import { completeTasks, completeWorkflow } from './snippets.ts';
import { suggestion, type AuthoringContext, type Suggestion } from './suggestion.ts';
import { placeOf, singleOf, typeAt } from './type-at.ts';
import { modelAround, WorkflowModel, type ReadModel } from './workflow-model.ts';

/** What can be written at an offset of a workflow text, also of one that is no YAML at the moment. */
export function complete(
  text: string,
  offset: number,
  context: AuthoringContext,
  readModel: ReadModel = (source) => new WorkflowModel(source, context),
): readonly Suggestion[] {
  const at = findCursorPlace(text, offset);
  if (at === null) return [];
  // Reading the whole text is the most of the work, and keys can do without.
  let read: WorkflowModel | null = null;
  const model = (): WorkflowModel => (read ??= modelAround(text, offset, readModel));
  const found = typeAt(at.path);
  const open = openExpression(text, offset);
  const site = siteOf(found.type);
  if (open !== null) {
    if (site === null) return [];
    return completeExpression(model, { typed: open, offset, site, path: at.path });
  }
  if (at.kind === 'text') return [];
  if (at.kind === 'value') {
    if (singleOf(found.type)?.kind === 'condition' && site !== null) {
      return completeExpression(model, { typed: at.typed, offset, site, path: at.path });
    }
    const words = completeValues(model, at, found, context, text);
    return words.length > 0 || at.isItem ? words : shortMap(at, found.type);
  }
  return completeKey(model, at, text);
}

function completeKey(
  model: () => WorkflowModel,
  at: CursorPlace,
  text: string,
): readonly Suggestion[] {
  const { type } = typeAt(at.path);
  const place = placeOf(type);
  if (place !== null) {
    const isNew = place === 'workflow' && at.siblings.size === 0 && isOnly(text, at);
    return [...(isNew ? completeWorkflow(at.replace) : []), ...completeKeys(place, at)];
  }
  if (type?.kind === 'named') {
    if (type.names === 'argument') return completeArguments(model(), at);
    return type.names === 'task' && !at.isFlow && !at.hasColon ? completeTasks(at.replace) : [];
  }
  if (type?.kind === 'matrix') {
    return ['include', 'exclude']
      .filter((key) => !at.siblings.has(key))
      .map((key) =>
        suggestion(key, 'key', at.replace, {
          insert: at.hasColon ? key : `${key}:${at.isFlow ? ' [{ $0 }]' : '\n  - $0'}`,
          isSnippet: !at.hasColon,
          docs:
            key === 'include'
              ? 'Adds values to combinations that match, or whole combinations.'
              : 'Removes the combinations that match.',
        }),
      );
  }
  return [];
}

/** Keys with fixed names behind a key that wants a map: `retry: ` becomes `retry: { max: … }`. */
function shortMap(at: CursorPlace, type: ReturnType<typeof typeAt>['type']): readonly Suggestion[] {
  const place = placeOf(type);
  if (place === null || at.typed.trim() !== '') return [];
  return completeKeys(place, { ...at, siblings: new Set(), isFlow: true, hasColon: false }).map(
    (one) => ({
      ...one,
      insert: `{ ${one.insert.replace(/\$(\{?)0/, '$$$11')} }$0`,
      label: `{ ${one.label} }`,
    }),
  );
}

/** Whether the file holds nothing but what is being typed. */
function isOnly(text: string, at: CursorPlace): boolean {
  const rest = text.slice(0, at.replace.start) + text.slice(at.replace.end);
  return rest.split('\n').every((line) => line.trim() === '' || line.trim().startsWith('#'));
}

function siteOf(type: ReturnType<typeof typeAt>['type']): SiteName | null {
  const single = singleOf(type);
  return single?.kind === 'template' || single?.kind === 'condition' ? single.site : null;
}
