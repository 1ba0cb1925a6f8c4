import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A call that puts a text into the language of the editor. */
export interface TextUse {
  readonly file: string;
  readonly line: number;
  /** Null where it is not written down at the call, and so cannot be looked up. */
  readonly text: string | null;
}

/** Every `t('…')` and `vscode.l10n.t('…')` of a file. */
export function findTexts(file: string): readonly TextUse[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    /* setParentNodes */ false,
  );
  const found: TextUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTranslate(node.expression)) {
      const [first] = node.arguments;
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      const text = first !== undefined && ts.isStringLiteralLike(first) ? first.text : null;
      found.push({ file, line: line + 1, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTranslate(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 't';
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === 't' &&
    ts.isPropertyAccessExpression(callee.expression) &&
    callee.expression.name.text === 'l10n'
  );
}
