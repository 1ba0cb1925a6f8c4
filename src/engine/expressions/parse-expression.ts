import type { Expr } from '@actions/expressions/ast';
import { ErrorType, ExpressionError, MAX_EXPRESSION_LENGTH } from '@actions/expressions/errors';
import { wellKnownFunctions } from '@actions/expressions/funcs';
import { Lexer, TokenType, type Token } from '@actions/expressions/lexer';
import { Parser } from '@actions/expressions/parser';
import { StringData } from '@actions/expressions/data/string';
import { err, messageOf, ok, type Result } from '../../model/result.ts';
import { statusFunctions } from './status-functions.ts';

/** An expression that can be evaluated; offsets are those of `source`. */
export interface ParsedExpression {
  readonly source: string;
  readonly root: Expr;
  /** Where each token starts. */
  readonly offsets: ReadonlyMap<Token, number>;
}

/** What is wrong with an expression, and where in it. */
export interface ExpressionProblem {
  readonly code: 'bad-expression' | 'unknown-context' | 'unknown-function';
  readonly message: string;
  readonly start: number;
  /** Exclusive; equal to `start` where something is missing. */
  readonly end: number;
  /** The name that is not known, for suggestions. */
  readonly word: string | null;
}

/** The contexts there are; every one exists in every scope, so a missing value is null and no crash. */
const contexts = ['inputs', 'env', 'secrets', 'matrix', 'tasks', 'execution', 'workspace'];

/** The names of all functions, as people write them. */
export const functionNames: readonly string[] = [
  'contains',
  'startsWith',
  'endsWith',
  'format',
  'join',
  'toJSON',
  'fromJSON',
  'case',
  'success',
  'failure',
  'always',
  'cancelled',
];

/** Parses the inside of a `${{ }}`. */
export function parseExpression(source: string): Result<ParsedExpression, ExpressionProblem> {
  if (source.trim() === '') {
    return problem('bad-expression', 'the expression is empty', 0, source.length);
  }
  if (source.length > MAX_EXPRESSION_LENGTH) {
    const message = `the expression is longer than ${MAX_EXPRESSION_LENGTH} characters`;
    return problem('bad-expression', message, 0, source.length);
  }
  let tokens: Token[];
  try {
    ({ tokens } = new Lexer(source).lex());
  } catch (error) {
    return lexerProblem(source, messageOf(error));
  }
  const offsets = findOffsets(source, tokens);
  try {
    const root = new Parser(tokens, contexts, statusFunctions('success')).parse();
    const inherited = tokens.find((token, index) => isInheritedName(token, tokens[index + 1]));
    if (inherited !== undefined) return unknownFunction(inherited, offsets);
    return ok({ source, root, offsets });
  } catch (error) {
    if (error instanceof ExpressionError) return parserProblem(source, error, offsets);
    return problem('bad-expression', messageOf(error), 0, source.length);
  }
}

/**
 * Tokens carry a line and a column that do not survive line breaks in strings; only blanks stand between
 * tokens, so the offsets can be counted. Repairs the value of a string with more than one `''` on the way.
 */
function findOffsets(source: string, tokens: readonly Token[]): ReadonlyMap<Token, number> {
  const offsets = new Map<Token, number>();
  let at = 0;
  for (const token of tokens) {
    while (at < source.length && /[ \t\r\n]/.test(source.charAt(at))) at += 1;
    offsets.set(token, at);
    at += token.lexeme.length;
    if (token.type === TokenType.STRING) {
      token.value = token.lexeme.slice(1, -1).replaceAll("''", "'");
    }
  }
  return offsets;
}

/** The package looks functions up in a plain object, where `constructor` and its like are found too. */
function isInheritedName(token: Token, next: Token | undefined): boolean {
  if (token.type !== TokenType.IDENTIFIER || next?.type !== TokenType.LEFT_PAREN) return false;
  const name = token.lexeme.toLowerCase();
  return name in wellKnownFunctions && !Object.hasOwn(wellKnownFunctions, name);
}

type Failed = { readonly ok: false; readonly error: ExpressionProblem };

function problem(
  code: ExpressionProblem['code'],
  message: string,
  start: number,
  end: number,
  word: string | null = null,
): Failed {
  return err({ code, message, start, end, word });
}

function lexerProblem(source: string, message: string): Failed {
  const found = /Unexpected symbol: '([^]*)'\. Located at position (\d+) within/.exec(message);
  if (found === null) return problem('bad-expression', message, 0, source.length);
  const symbol = found[1] ?? '';
  const start = Number(found[2]) - 1;
  return problem('bad-expression', wordSymbol(symbol), start, start + symbol.length);
}

function wordSymbol(symbol: string): string {
  if (symbol.startsWith("'")) return `the text ${shorten(symbol)} has no closing quote`;
  if (symbol.startsWith('"')) {
    return `text in expressions stands in single quotes: '${shorten(symbol.replaceAll('"', ''))}'`;
  }
  if (symbol === '=') return 'unexpected `=`; equality is `==`';
  if (symbol === '&' || symbol === '|')
    return `unexpected \`${symbol}\`; write \`${symbol}${symbol}\``;
  if (/^[-+]/.test(symbol))
    return `unexpected \`${shorten(symbol)}\`; expressions do no arithmetic`;
  if (/^[/%^~]/.test(symbol))
    return `unexpected \`${shorten(symbol)}\`; expressions do no arithmetic`;
  return `unexpected \`${shorten(symbol)}\``;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function parserProblem(
  source: string,
  error: ExpressionError,
  offsets: ReadonlyMap<Token, number>,
): Failed {
  // The package marks both fields private, and they are all it says about what went wrong.
  const { typ, tok } = error as unknown as { readonly typ: ErrorType; readonly tok: Token };
  const start = offsets.get(tok) ?? 0;
  const end = start + tok.lexeme.length;
  const name = tok.lexeme;
  switch (typ) {
    case ErrorType.ErrorUnrecognizedContext:
    case ErrorType.ErrorUnrecognizedNamedValue:
      return problem('unknown-context', wordContext(name), start, end, name);
    case ErrorType.ErrorUnrecognizedFunction:
      return unknownFunction(tok, offsets);
    case ErrorType.ErrorUnexpectedEndOfExpression:
      return problem(
        'bad-expression',
        'the expression ends too early',
        source.length,
        source.length,
      );
    case ErrorType.ErrorTooFewParameters:
      return problem('bad-expression', `\`${name}\` needs more arguments`, start, end);
    case ErrorType.ErrorTooManyParameters:
      return problem('bad-expression', `\`${name}\` takes fewer arguments`, start, end);
    case ErrorType.ErrorEvenParameters:
      return problem('bad-expression', `\`${name}\` takes pairs and one more argument`, start, end);
    case ErrorType.ErrorExceededMaxDepth:
      return problem('bad-expression', 'the expression is nested too deeply', start, end);
    case ErrorType.ErrorExceededMaxLength:
      return problem('bad-expression', 'the expression is too long', start, end);
    case ErrorType.ErrorUnexpectedSymbol:
      if (tok.type === TokenType.EOF) {
        return problem(
          'bad-expression',
          'the expression ends too early',
          source.length,
          source.length,
        );
      }
      return problem('bad-expression', wordSymbol(name), start, end);
  }
}

function wordContext(name: string): string {
  const context = contexts.join(', ');
  const hint = foreignContexts[name.toLowerCase()];
  if (hint !== undefined) return `unknown context \`${name}\`; ${hint}`;
  return `unknown context \`${name}\`; there are ${context}`;
}

/** What someone who comes from GitHub Actions looks for, and what does the same here. */
const foreignContexts: Readonly<Record<string, string>> = {
  needs: 'results of other tasks are `tasks.<id>.outputs.<name>`',
  steps: 'results of other tasks are `tasks.<id>.outputs.<name>`',
  jobs: 'results of other tasks are `tasks.<id>.outputs.<name>`',
  job: 'results of other tasks are `tasks.<id>.status`',
  github: 'facts of the execution are in `execution` and `workspace`',
  vars: 'values are given by `inputs` or `env`',
  runner: 'the workspace folder is `workspace`',
  strategy: 'the values of the combination are in `matrix`',
};

function unknownFunction(token: Token, offsets: ReadonlyMap<Token, number>): Failed {
  const start = offsets.get(token) ?? 0;
  const name = token.lexeme;
  return problem(
    'unknown-function',
    `unknown function \`${name}\``,
    start,
    start + name.length,
    name,
  );
}

/** A text literal of an expression; null for anything else. */
export function literalText(literal: unknown): string | null {
  return literal instanceof StringData ? literal.value : null;
}
