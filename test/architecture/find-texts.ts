import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** A call that puts a text into the language of the editor. */
export interface TextUse {
  readonly file: string;
  readonly line: number;
  /** Null where it is not written down at the call, and so cannot be looked up. */
  readonly text: string | null;
}

/** Every `t('…')`, `vscode.l10n.t('…')` and `plural(amount, '…', '…')` of a file. */
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
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      for (const argument of textArguments(node)) {
        const text = ts.isStringLiteralLike(argument) ? argument.text : null;
        found.push({ file, line: line + 1, text });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textArguments(call: ts.CallExpression): readonly ts.Expression[] {
  return nameOf(call.expression) === 'plural'
    ? call.arguments.slice(1, 3)
    : call.arguments.slice(0, 1);
}

/** Whether what is called puts a text into another language. */
export function isTranslate(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return ['t', 'plural'].includes(callee.text);
  return (
    nameOf(callee) === 't' &&
    ts.isPropertyAccessExpression(callee) &&
    nameOf(callee.expression) === 'l10n'
  );
}

function nameOf(expression: ts.Expression): string {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : '';
}
