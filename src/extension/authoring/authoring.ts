import * as vscode from 'vscode';
import { agentOfUses } from '../../engine/workflow/agent-id.ts';
import { complete } from '../../engine/workflow/authoring/complete.ts';
import { findFolds } from '../../engine/workflow/authoring/folds.ts';
import { findNode } from '../../engine/workflow/authoring/find-path.ts';
import { hoverAt } from '../../engine/workflow/authoring/hover.ts';
import { findOutline } from '../../engine/workflow/authoring/outline.ts';
import { findRenamable, renameTask } from '../../engine/workflow/authoring/rename-task.ts';
import type { AuthoringContext } from '../../engine/workflow/authoring/suggestion.ts';
import { occurrenceAt, sameAs } from '../../engine/workflow/authoring/symbols.ts';
import { runsOf } from '../../engine/workflow/authoring/task-runs.ts';
import { typeAt } from '../../engine/workflow/authoring/type-at.ts';
import {
  rememberModels,
  WorkflowModel,
  type ReadModel,
} from '../../engine/workflow/authoring/workflow-model.ts';
import { PieceReader, type ReadYaml } from '../../engine/workflow/yaml/piece-reader.ts';
import { createUsesResolver } from '../../engine/workflow/resolve-uses.ts';
import { hasYamlTool } from '../diagnostics/yaml-tool.ts';
import {
  openDocument,
  workflowFileOf,
  workflowUri,
  type WorkflowFile,
} from '../diagnostics/workflow-files.ts';
import type { AuthoringScope } from './register-authoring.ts';
import { describeRuns, describeValue } from './describe-runs.ts';
import { tell } from '../tell.ts';
import { tellParts, toCompletionItem, toRange, toSymbol } from './to-editor.ts';

/** What the JSON Schema offers as well. */
const schemaKinds: ReadonlySet<string> = new Set(['key', 'word']);

/** Runs that a hover tells about. */
const shownRuns = 5;

/** Answers what the editor asks while a workflow is written. */
export class Authoring {
  readonly #scope: AuthoringScope;
  /** Reads again only the tasks that changed. */
  readonly #reader = new PieceReader();
  /** What was read of the file that was asked about last: questions come in bursts. */
  #last: { readonly key: string; readonly read: ReadModel } | null = null;

  constructor(scope: AuthoringScope) {
    this.#scope = scope;
  }

  async complete(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionItem[] | undefined> {
    const file = this.#fileOf(document);
    if (file === null || isIdle(document, position, triggerCharacter)) return undefined;
    const secretNames = await this.#scope.secrets.namesOf(file.folder.key);
    if (token.isCancellationRequested) return undefined;
    const context = contextOf(file, secretNames, this.#reader.read);
    const text = document.getText();
    const found = complete(text, document.offsetAt(position), context, this.#readerOf(file));
    // The other tool offers what is in the schema.
    const own = hasYamlTool(file) ? found.filter(({ kind }) => !schemaKinds.has(kind)) : found;
    return own.map((one, index) => toCompletionItem(document, position, one, index));
  }

  hover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const file = this.#fileOf(document);
    const model = this.#modelOf(document);
    const found = model === null ? null : hoverAt(model, document.offsetAt(position));
    if (file === null || found === null) return undefined;
    if (found.isSchema === true && hasYamlTool(file)) return undefined;
    const { state } = file.folder;
    const runs =
      found.task === null ? [] : runsOf(state.executions, file.agent, found.task, shownRuns);
    const parts = [
      ...found.parts.map(tellParts),
      // What ran in place of this agent has tasks of its own.
      ...describeValue(
        state.executions.find(({ agent }) => agent === file.agent),
        found.names,
        new Date(),
        vscode.l10n.t,
      ),
      ...(runs.length === 0 ? [] : [describeRuns(runs, new Date(), vscode.l10n.t)]),
    ];
    if (parts.length === 0) return undefined;
    const text = new vscode.MarkdownString(parts.join('\n\n'));
    return new vscode.Hover(text, toRange(document, found.range));
  }

  definition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.LocationLink[] | undefined {
    const file = this.#fileOf(document);
    const model = this.#modelOf(document);
    if (file === null || model === null) return undefined;
    const offset = document.offsetAt(position);
    const used = usedFile(file, model, offset);
    if (used !== null) {
      const start = new vscode.Range(0, 0, 0, 0);
      const originSelectionRange = toRange(document, used.range);
      return [{ targetUri: used.uri, targetRange: start, originSelectionRange }];
    }
    const found = occurrenceAt(model, offset);
    if (found === null) return undefined;
    return sameAs(model, found)
      .filter(({ isDefinition }) => isDefinition)
      .map((place) => ({
        targetUri: document.uri,
        targetRange: toRange(document, place),
        originSelectionRange: toRange(document, found),
      }));
  }

  references(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): vscode.Location[] | undefined {
    const model = this.#modelOf(document);
    const found = model === null ? null : occurrenceAt(model, document.offsetAt(position));
    if (model === null || found === null) return undefined;
    return sameAs(model, found)
      .filter(({ isDefinition }) => includeDeclaration || !isDefinition)
      .map((place) => new vscode.Location(document.uri, toRange(document, place)));
  }

  /** Throws with what is shown to the person, as the editor wants it. */
  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): { range: vscode.Range; placeholder: string } {
    const found = findRenamable(this.#mustRead(document), document.offsetAt(position));
    if (!found.ok) throw new Error(tell(found.error.message));
    return { range: toRange(document, found.value), placeholder: found.value.name };
  }

  /** Throws with what is shown to the person, as the editor wants it. */
  rename(
    document: vscode.TextDocument,
    position: vscode.Position,
    name: string,
  ): vscode.WorkspaceEdit {
    const edits = renameTask(this.#mustRead(document), document.offsetAt(position), name);
    if (!edits.ok) throw new Error(tell(edits.error.message));
    const result = new vscode.WorkspaceEdit();
    for (const edit of edits.value) {
      result.replace(document.uri, toRange(document, edit), edit.text);
    }
    return result;
  }

  symbols(document: vscode.TextDocument): vscode.DocumentSymbol[] | undefined {
    const model = this.#modelOf(document);
    if (model === null) return undefined;
    return findOutline(model).map((node) => toSymbol(document, node));
  }

  folds(document: vscode.TextDocument): vscode.FoldingRange[] | undefined {
    const model = this.#modelOf(document);
    return (model && findFolds(model))?.map(
      ({ line, endLine, kind }) =>
        new vscode.FoldingRange(
          line - 1,
          endLine - 1,
          kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined,
        ),
    );
  }

  #fileOf(document: vscode.TextDocument): WorkflowFile | null {
    return workflowFileOf(this.#scope.folders, document.uri);
  }

  #mustRead(document: vscode.TextDocument): WorkflowModel {
    const model = this.#modelOf(document);
    if (model === null) throw new Error(vscode.l10n.t('This is no workflow file.'));
    return model;
  }

  #modelOf(document: vscode.TextDocument): WorkflowModel | null {
    const file = this.#fileOf(document);
    if (file === null) return null;
    return this.#readerOf(file)(document.getText());
  }

  #readerOf(file: WorkflowFile): ReadModel {
    const key = file.uri.toString();
    if (this.#last?.key !== key) {
      const read = rememberModels(
        (text) => new WorkflowModel(text, contextOf(file, [], this.#reader.read)),
      );
      this.#last = { key, read };
    }
    return this.#last.read;
  }
}

/** The object behind all providers; for the shell that loads it late. */
export function createAuthoring(scope: AuthoringScope): Authoring {
  return new Authoring(scope);
}

function contextOf(
  file: WorkflowFile,
  secretNames: readonly string[],
  readYaml: ReadYaml,
): AuthoringContext {
  const { agent, path, folder } = file;
  return {
    agent,
    path,
    readYaml,
    agents: folder.agentFiles.files.map((one) => one.agent),
    secretNames,
    resolveUses: createUsesResolver({
      workspace: folder.folder.uri.fsPath,
      workflowsFolder: folder.settings.workflowsFolder,
      agent,
      path,
      textOf: (used) => openDocument(workflowUri(folder, used))?.getText(),
    }),
  };
}

/** The file that the `uses` at an offset names, if it is there. */
function usedFile(file: WorkflowFile, model: WorkflowModel, offset: number) {
  const found = findNode(model.source.root, offset);
  if (found === null || found.isKey) return null;
  const { spec, place } = typeAt(found.path);
  if (place !== 'task' || spec?.key !== 'uses') return null;
  const agent = agentOfUses(found.scalar.text, file.path, file.folder.settings.workflowsFolder);
  const used = file.folder.agentFiles.files.find((one) => one.agent === agent);
  return used === undefined
    ? null
    : { uri: workflowUri(file.folder, used.path), range: found.scalar };
}

/** A space or colon that starts nothing: the editor asks after every one of them. */
function isIdle(
  document: vscode.TextDocument,
  position: vscode.Position,
  trigger: string | undefined,
): boolean {
  if (trigger === undefined) return false;
  const before = document.lineAt(position).text.slice(0, position.character);
  if (trigger === ' ') return !/(?::|-|,|\{|\[|\$\{\{|[&|=!<>(])\s$/.test(before);
  return trigger === ':' || (trigger === "'" && !before.endsWith("['"));
}
