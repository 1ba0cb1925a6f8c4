import type { YamlNode } from '../yaml/yaml-node.ts';
import type { WorkflowModel } from './workflow-model.ts';

/** Lines, 1-based, of which all but the first can be hidden. */
export interface Fold {
  readonly line: number;
  /** Inclusive. */
  readonly endLine: number;
  readonly kind: 'value' | 'comment';
}

/**
 * What can be folded: each key and item of a list whose value goes on in other lines, so sections, tasks, scripts and
 * maps as they are nested, and comments of several lines. Null for a text that cannot be read to its end: the editor
 * then folds by indentation.
 */
export function findFolds(model: WorkflowModel): readonly Fold[] | null {
  if (!model.isWhole) return null;
  const folds = new Map<number, Fold>();
  const add = (start: number, end: number): void => {
    const line = model.lines.positionOf(start).line;
    // A script ends with its last line, not with the empty ones after it.
    const endLine = model.lines.positionOf(
      start + model.text.slice(start, end).trimEnd().length,
    ).line;
    const known = folds.get(line);
    if (endLine <= line || (known !== undefined && known.endLine >= endLine)) return;
    folds.set(line, { line, endLine, kind: 'value' });
  };
  const visit = (node: YamlNode, from: number): void => {
    // An alias stands for a value that is elsewhere.
    if (node.start < from) return;
    add(from, node.end);
    if (node.kind === 'list') for (const item of node.items) visit(item, item.start);
    if (node.kind === 'map') for (const { key, value } of node.entries) visit(value, key.start);
  };
  for (const { key, value } of model.source.root.entries) visit(value, key.start);
  for (const comment of findComments(model.text)) folds.set(comment.line, comment);
  return [...folds.values()].sort((a, b) => a.line - b.line);
}

/** Two and more lines of comments in a row. */
function findComments(text: string): readonly Fold[] {
  const found: Fold[] = [];
  let first = 0;
  text.split('\n').forEach((content, index) => {
    const line = index + 1;
    if (!/^\s*#/.test(content)) {
      first = 0;
      return;
    }
    if (first === 0) first = line;
    else if (first === line - 1) found.push({ line: first, endLine: line, kind: 'comment' });
    else found[found.length - 1] = { line: first, endLine: line, kind: 'comment' };
  });
  return found;
}
