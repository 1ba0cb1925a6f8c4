import * as vscode from 'vscode';
import type { OutlineNode } from '../../engine/workflow/authoring/outline.ts';
import type { Suggestion } from '../../engine/workflow/authoring/suggestion.ts';
import type { Span } from '../../engine/workflow/reporter.ts';
import { tell } from '../tell.ts';

/** A stretch of a text as the editor counts. */
export function toRange(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

/** Markdown in the display language, paragraph by paragraph; code stays. */
export function tellParts(text: string): string {
  return text
    .split('\n\n')
    .map((part) => (part.startsWith('```') ? part : tell(part)))
    .join('\n\n');
}

/** A suggestion as the editor shows it; they keep the order they are given in. */
export function toCompletionItem(
  document: vscode.TextDocument,
  position: vscode.Position,
  one: Suggestion,
  index: number,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(one.label, completionKinds[one.kind]);
  item.detail = tell(one.detail);
  if (one.docs !== '') item.documentation = new vscode.MarkdownString(tellParts(one.docs));
  item.insertText = one.isSnippet ? new vscode.SnippetString(one.insert) : one.insert;
  item.sortText = String(index).padStart(5, '0');
  // A range of several lines is refused.
  const replacing = toRange(document, one.replace);
  const inserting = new vscode.Range(replacing.start, position);
  item.range = replacing.isSingleLine
    ? { inserting, replacing }
    : new vscode.Range(position, position);
  item.filterText = one.label;
  if (one.again) item.command = { title: 'Suggest', command: 'editor.action.triggerSuggest' };
  return item;
}

/** A row of the outline with what is under it. */
export function toSymbol(
  document: vscode.TextDocument,
  { name, detail, kind, range, selection, children }: OutlineNode,
): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(
    name,
    detail,
    symbolKinds[kind],
    toRange(document, range),
    toRange(document, selection),
  );
  symbol.children = children.map((child) => toSymbol(document, child));
  return symbol;
}

const completionKinds: Readonly<Record<Suggestion['kind'], vscode.CompletionItemKind>> = {
  key: vscode.CompletionItemKind.Property,
  word: vscode.CompletionItemKind.EnumMember,
  task: vscode.CompletionItemKind.Event,
  input: vscode.CompletionItemKind.Field,
  secret: vscode.CompletionItemKind.Constant,
  variable: vscode.CompletionItemKind.Variable,
  context: vscode.CompletionItemKind.Module,
  function: vscode.CompletionItemKind.Function,
  property: vscode.CompletionItemKind.Field,
  agent: vscode.CompletionItemKind.File,
  snippet: vscode.CompletionItemKind.Snippet,
};

const symbolKinds: Readonly<Record<OutlineNode['kind'], vscode.SymbolKind>> = {
  section: vscode.SymbolKind.Namespace,
  value: vscode.SymbolKind.String,
  input: vscode.SymbolKind.Field,
  output: vscode.SymbolKind.Property,
  run: vscode.SymbolKind.Function,
  uses: vscode.SymbolKind.Module,
  approval: vscode.SymbolKind.Event,
  http: vscode.SymbolKind.Interface,
  task: vscode.SymbolKind.Object,
};
