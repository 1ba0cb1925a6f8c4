import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Properties whose text is code, and names that are no words. */
const code = new Set(['example', 'insert', 'signature', 'label', 'pattern']);

/**
 * The clauses of all texts of a file that read like messages, with `{0}`, `{1}` … for what is put into them: the keys of
 * `l10n/messages.l10n.*.json`. `words` takes single words too.
 */
export function findClauses(file: string, { words = false } = {}): readonly string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    /* setParentNodes */ true,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    // What is thrown is a bug, and said to whoever mends it.
    if (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) return;
    if (ts.isPropertyAssignment(node) && code.has(node.name.getText())) return;
    const text = textOf(node);
    if (text !== null && !isQuiet(node)) {
      found.push(...toClauses(text).filter((clause) => isMessage(clause) || words));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * What is looked up of a text: all of it where it is always the same, else its clauses, of which `unknown {0}; did you
 * mean {1}?` has two. Holes side by side are one.
 */
export function toClauses(text: string): readonly string[] {
  const parts = text.includes('{0}') ? text.split(/; |\n+|(?<=[.?!]) (?=\p{Lu})/u) : [text];
  return parts.flatMap((part) => {
    let number = 0;
    const clause = part
      .replaceAll(/(\{\d+\})+/g, () => `{${number++}}`)
      .replace(/^; /, '')
      .trim();
    return /\p{L}/u.test(clause) && clause !== '{0}' ? [clause] : [];
  });
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.templateSpans.reduce(
    (text, { literal }, at) => `${text}{${at}}${literal.text}`,
    node.head.text,
  );
}

/** Two words, or a word and a hole. */
function isMessage(clause: string): boolean {
  return /\p{L}{2}[ ,:"'`(*]+(\p{L}|\{)|(\}|\p{L})["'`)]? \p{L}{2}|^\p{Lu}\p{Ll}+\.$/u.test(clause);
}

function isQuiet(node: ts.Node): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isCaseClause(parent) && parent.expression === node) ||
    (ts.isBinaryExpression(parent) &&
      [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(
        parent.operatorToken.kind,
      ))
  );
}
