import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { isTranslate, type TextUse } from './find-texts.ts';

/** Attributes that a person reads or hears. */
const spoken = new Set(['title', 'aria-label', 'placeholder', 'label', 'alt']);

/** Attributes that nobody reads. */
const silent = new Set(['class', 'key', 'd', 'viewBox', 'points', 'style', 'icon', 'appearance']);

/**
 * Texts of a page that nobody translates: what stands between tags or in a spoken attribute, and any text in the code that
 * begins as a sentence does or has a space between words.
 */
export function findPlainTexts(file: string): readonly TextUse[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    /* setParentNodes */ true,
  );
  const found: TextUse[] = [];
  const add = (node: ts.Node, text: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ file, line: line + 1, text: text.trim() });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isQuiet(node)) return;
    if (ts.isCallExpression(node) && isTranslate(node.expression)) {
      // The texts themselves are looked at elsewhere; arguments may bring others.
      node.arguments.filter((one) => !ts.isStringLiteralLike(one)).forEach(visit);
      return;
    }
    if (ts.isJsxText(node)) {
      if (hasWord(node.text)) add(node, node.text);
      return;
    }
    const text = textOf(node);
    if (text !== null && (isSpoken(node) ? hasWord(text) : isSentence(text))) add(node, text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('0');
}

function hasWord(text: string): boolean {
  return /\p{L}{2}/u.test(text);
}

function isSentence(text: string): boolean {
  return (
    /^[^\p{L}]*\p{Lu}\p{Ll}+([ .:,…]|$)/u.test(text) ||
    /(\p{L}{2}|0),? \(?\p{L}{2}|\p{L}{2},? \(?0/u.test(text)
  );
}

function isSpoken(node: ts.Node): boolean {
  const { parent } = node;
  const attribute = ts.isJsxExpression(parent) ? parent.parent : parent;
  return ts.isJsxAttribute(attribute) && spoken.has(nameOf(attribute));
}

/** Names of keys and classes, and what is said to whoever mends the code. */
function isQuiet(node: ts.Node): boolean {
  if (ts.isJsxAttribute(node)) return silent.has(nameOf(node));
  if (ts.isCaseClause(node)) return false;
  if (ts.isNewExpression(node)) return node.expression.getText().endsWith('Error');
  const { parent } = node as { parent?: ts.Node };
  if (parent === undefined || !ts.isStringLiteralLike(node)) return false;
  return (
    (ts.isCaseClause(parent) && parent.expression === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBinaryExpression(parent) &&
      [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(
        parent.operatorToken.kind,
      ))
  );
}

function nameOf(attribute: ts.JsxAttribute): string {
  return attribute.name.getText();
}
