import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Star,
  Unary,
  type Expr,
} from '@actions/expressions/ast';
import { literalText, type ParsedExpression } from './parse-expression.ts';

/** One step of a path: a fixed name, `*`, or something known only when it runs. */
export type ReferenceStep =
  | { readonly kind: 'name'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'computed' };

/** Use of a context in an expression: `tasks.build.outputs.url`. Offsets are those of the expression. */
export interface Reference {
  /** In lower case. */
  readonly context: string;
  readonly start: number;
  /** After the context's own name. */
  readonly end: number;
  readonly steps: readonly ReferenceStep[];
}

/** Call of a function; the name in lower case. */
export interface Call {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What an expression asks for. */
export interface References {
  readonly references: readonly Reference[];
  readonly calls: readonly Call[];
}

/** Finds every context and function an expression uses, also inside indexes and arguments. */
export function findReferences(expression: ParsedExpression): References {
  const references: Reference[] = [];
  const calls: Call[] = [];
  // A stack of its own: a long chain of `==` is as deep as it is long.
  const open: Expr[] = [expression.root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node instanceof ContextAccess || node instanceof IndexAccess) {
      const reference = readPath(node, expression, open);
      if (reference !== null) references.push(reference);
    } else if (node instanceof FunctionCall) {
      const start = expression.offsets.get(node.functionName) ?? 0;
      const { lexeme } = node.functionName;
      calls.push({ name: lexeme.toLowerCase(), start, end: start + lexeme.length });
      open.push(...node.args);
    } else if (node instanceof Unary) open.push(node.expr);
    else if (node instanceof Binary) open.push(node.left, node.right);
    else if (node instanceof Logical) open.push(...node.args);
    else if (node instanceof Grouping) open.push(node.group);
  }
  references.sort((left, right) => left.start - right.start);
  calls.sort((left, right) => left.start - right.start);
  return { references, calls };
}

/** The path that ends at a node; what stands in its indexes goes onto `open`. Null when no context is its root. */
function readPath(node: Expr, expression: ParsedExpression, open: Expr[]): Reference | null {
  const steps: ReferenceStep[] = [];
  let current = node;
  while (current instanceof IndexAccess || current instanceof Grouping) {
    if (current instanceof Grouping) {
      current = current.group;
      continue;
    }
    steps.unshift(readStep(current.index, expression, open));
    current = current.expr;
  }
  if (!(current instanceof ContextAccess)) {
    open.push(current);
    return null;
  }
  const start = expression.offsets.get(current.name) ?? 0;
  const { lexeme } = current.name;
  return { context: lexeme.toLowerCase(), start, end: start + lexeme.length, steps };
}

function readStep(index: Expr, expression: ParsedExpression, open: Expr[]): ReferenceStep {
  if (index instanceof Star) return { kind: 'any' };
  if (index instanceof Literal) {
    // `.name` is a literal whose token is the identifier, `['name']` one whose token is the quoted text.
    const { lexeme } = index.token;
    const quote = lexeme.startsWith("'") ? 1 : 0;
    const start = (expression.offsets.get(index.token) ?? 0) + quote;
    const end = start + lexeme.length - 2 * quote;
    const name = literalText(index.literal);
    return name === null ? { kind: 'computed' } : { kind: 'name', name, start, end };
  }
  open.push(index);
  return { kind: 'computed' };
}
