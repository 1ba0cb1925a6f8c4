import * as vscode from 'vscode';
import { DisposableStore, toDisposable, type Disposable } from '../../model/disposable.ts';
import type { Folders } from '../folders/folders.ts';
import { inOwnTurns } from '../in-own-turns.ts';
import type { Secrets } from '../secrets.ts';
import type { Authoring } from './authoring.ts';

/** What writing a workflow needs to know. */
export interface AuthoringScope {
  readonly folders: Folders;
  readonly secrets: Secrets;
}

/**
 * Tells the editor that workflow files have completion, hover and the like. What answers is loaded with the first
 * question, and is in the other bundle.
 */
export function registerAuthoring(scope: AuthoringScope): Disposable {
  let loaded: Promise<Authoring> | null = null;
  const load = (): Promise<Authoring> =>
    (loaded ??= inOwnTurns(() => import('./authoring-entry.ts')).then(({ createAuthoring }) =>
      createAuthoring(scope),
    ));
  let registered = new DisposableStore();
  const register = (): void => {
    registered.dispose();
    registered = new DisposableStore();
    const selector = selectorOf(scope.folders);
    if (selector.length > 0) for (const one of providersOf(selector, load)) registered.add(one);
  };
  const listener = scope.folders.onDidChangeSet(register);
  register();
  return toDisposable(() => {
    listener.dispose();
    registered.dispose();
  });
}

/** Files that are YAML, in the workflows folder of each folder of the window. */
function selectorOf(folders: Folders): readonly vscode.DocumentFilter[] {
  return folders.all.map(({ folder, settings }) => {
    const base = settings.workflowsFolder.replaceAll('\\', '/').replace(/^\.?\/+|\/+$/g, '');
    const under = base === '' || base === '.' ? '**' : `${base}/**`;
    const pattern = new vscode.RelativePattern(folder, `${under}/*.{yml,yaml}`);
    return { language: 'yaml', scheme: 'file', pattern };
  });
}

type Load = () => Promise<Authoring>;

function providersOf(selector: vscode.DocumentSelector, load: Load): readonly Disposable[] {
  return [
    vscode.languages.registerCompletionItemProvider(
      selector,
      {
        provideCompletionItems: async (document, position, token, context) =>
          (await load()).complete(document, position, token, context),
      },
      ...[' ', '.', ':', '{', '[', ',', "'", '/'],
    ),
    vscode.languages.registerHoverProvider(selector, {
      provideHover: async (document, position) => (await load()).hover(document, position),
    }),
    vscode.languages.registerDefinitionProvider(selector, {
      provideDefinition: async (document, position) =>
        (await load()).definition(document, position),
    }),
    vscode.languages.registerReferenceProvider(selector, {
      provideReferences: async (document, position, context) =>
        (await load()).references(document, position, context),
    }),
    vscode.languages.registerRenameProvider(selector, {
      prepareRename: async (document, position) => (await load()).prepareRename(document, position),
      provideRenameEdits: async (document, position, name) =>
        (await load()).rename(document, position, name),
    }),
    vscode.languages.registerDocumentSymbolProvider(
      selector,
      { provideDocumentSymbols: async (document) => (await load()).symbols(document) },
      { label: 'Agent Executor' },
    ),
    vscode.languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: async (document) => (await load()).folds(document),
    }),
  ];
}
