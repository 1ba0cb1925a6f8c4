import type { FunctionCall } from '@actions/expressions/ast';
import { Kind, type ExpressionData } from '@actions/expressions/data/expressiondata';
import { Evaluator } from '@actions/expressions/evaluator';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { fail, messageOf, ok, type Result } from '../../model/result.ts';
import type { Template } from '../../model/workflow.ts';
import { findReferences } from './find-references.ts';
import { jsonFunctions } from './json-functions.ts';
import { parseExpression, type ParsedExpression } from './parse-expression.ts';
import { parseTemplate, readCondition, type TemplatePart } from './parse-template.ts';
import { fromData, toContext, type ExpressionValue } from './scope-data.ts';
import type { ExpressionScope } from './scope.ts';
import { statusFunctionNames, statusFunctions } from './status-functions.ts';

export type { ExpressionScope } from './scope.ts';
export type { ExpressionValue } from './scope-data.ts';

/** Text with `${{ }}` filled in. A failure (`expression`) names the expression and what is wrong. */
export function evaluateTemplate(template: Template, scope: ExpressionScope): Result<string> {
  return fillIn(template, scope, () => null);
}

/**
 * As `evaluateTemplate` for a `run` script: refuses a `workspace` or `execution.agent` whose text a shell would
 * act on. They are names of folders and files that the author of the workflow may not have chosen.
 */
export function evaluateScript(template: Template, scope: ExpressionScope): Result<string> {
  return fillIn(template, scope, (expression, text) => {
    const outside = findReferences(expression).references.find(
      ({ context }) => context === 'workspace' || context === 'execution',
    );
    if (outside === undefined || !isShellActive(text)) return null;
    const instead = outside.context === 'workspace' ? 'use "$AGENT_WORKSPACE"' : 'use `env`';
    return `its text has characters that a shell acts on; ${instead} instead`;
  });
}

/**
 * Whether text has characters by which it does something in one of the shells. Blanks, dots, `:`, `\` and `~` are in
 * many paths. The pattern is made when it is needed: to take one with a class of Unicode apart is dear.
 */
function isShellActive(text: string): boolean {
  return /[\p{Cc}"'`$;&|<>*?!%()]/u.test(text);
}

/** As `evaluateTemplate`, but a text that is one expression as a whole keeps the type of its value. */
export function evaluateValue(template: Template, scope: ExpressionScope): Result<ExpressionValue> {
  const parsed = split(template);
  if (!parsed.ok) return parsed;
  const [only, second] = parsed.value;
  if (only?.kind !== 'expression' || second !== undefined) {
    return evaluateTemplate(template, scope);
  }
  const evaluated = evaluate(only.source, scope);
  return evaluated.ok ? ok(fromData(evaluated.value.data)) : evaluated;
}

/** Whether a task runs: without a status function in it, `success() && (condition)`; null is `success()`. */
export function evaluateCondition(
  condition: string | null,
  scope: ExpressionScope,
): Result<boolean> {
  if (condition === null) return ok(scope.status === 'success');
  const inside = readCondition(condition);
  if (inside === null) {
    return fail('expression', `the condition \`${condition}\` must be one expression as a whole`);
  }
  const parsed = parse(inside.source);
  if (!parsed.ok) return parsed;
  if (!usesStatusFunction(parsed.value) && scope.status !== 'success') return ok(false);
  const evaluated = run(parsed.value, scope);
  return evaluated.ok ? ok(isTrue(evaluated.value)) : evaluated;
}

/** Whether a condition asks for the status itself, so that no `success() &&` is put before it. */
export function usesStatusFunction(expression: ParsedExpression): boolean {
  return findReferences(expression).calls.some(({ name }) => statusFunctionNames.has(name));
}

type Refuse = (expression: ParsedExpression, text: string) => string | null;

function fillIn(template: Template, scope: ExpressionScope, refuse: Refuse): Result<string> {
  const parsed = split(template);
  if (!parsed.ok) return parsed;
  let text = '';
  for (const part of parsed.value) {
    if (part.kind === 'text') {
      text += part.text;
      continue;
    }
    const evaluated = evaluate(part.source, scope);
    if (!evaluated.ok) return evaluated;
    const { data, expression } = evaluated.value;
    if (data.kind === Kind.Array || data.kind === Kind.Dictionary) {
      const what = data.kind === Kind.Array ? 'a list' : 'an object';
      return failure(part.source, `it gives ${what}, not text; use toJSON(…) or join(…)`);
    }
    const piece = data.coerceString();
    const refusal = refuse(expression, piece);
    if (refusal !== null) return failure(part.source, refusal);
    text += piece;
  }
  return ok(text);
}

function split(template: Template): Result<readonly TemplatePart[]> {
  const parsed = parseTemplate(template);
  if (parsed.ok) return parsed;
  const position = parsed.error.start + 1;
  return fail('expression', `the \`\${{\` at position ${position} has no closing \`}}\``);
}

interface Evaluated {
  readonly data: ExpressionData;
  readonly expression: ParsedExpression;
}

function evaluate(source: string, scope: ExpressionScope): Result<Evaluated> {
  const parsed = parse(source);
  if (!parsed.ok) return parsed;
  const evaluated = run(parsed.value, scope);
  return evaluated.ok ? ok({ data: evaluated.value, expression: parsed.value }) : evaluated;
}

function parse(source: string): Result<ParsedExpression> {
  const parsed = parseExpression(source);
  if (parsed.ok) return parsed;
  const { message, start } = parsed.error;
  return failure(source, `${message} (${positionIn(source, start)})`);
}

function run(expression: ParsedExpression, scope: ExpressionScope): Result<ExpressionData> {
  const functions = new Map<string, FunctionDefinition>();
  for (const definition of [...statusFunctions(scope.status), ...jsonFunctions]) {
    functions.set(definition.name.toLowerCase(), definition);
  }
  const evaluator = new PlacedEvaluator(expression.root, toContext(scope), functions);
  try {
    return ok(evaluator.evaluate());
  } catch (error) {
    // Also the end of the stack, for an expression of thousands of operators.
    const start = evaluator.failed === null ? undefined : expression.offsets.get(evaluator.failed);
    const place = start === undefined ? '' : ` (${positionIn(expression.source, start)})`;
    return failure(expression.source, `${messageOf(error)}${place}`);
  }
}

/** Remembers which call failed: the innermost one. */
class PlacedEvaluator extends Evaluator {
  failed: FunctionCall['functionName'] | null = null;

  override visitFunctionCall(call: FunctionCall): ExpressionData {
    try {
      return super.visitFunctionCall(call);
    } catch (error) {
      this.failed ??= call.functionName;
      throw error;
    }
  }
}

/** A place in an expression, as a message shows it: without the blanks around it. */
function positionIn(source: string, offset: number): string {
  const blanks = source.length - source.trimStart().length;
  return `position ${Math.max(0, offset - blanks) + 1}`;
}

function failure(
  source: string,
  why: string,
): { readonly ok: false; readonly error: { readonly code: string; readonly message: string } } {
  const trimmed = source.trim();
  const shown = trimmed.length > 200 ? `${trimmed.slice(0, 197)}…` : trimmed;
  return fail('expression', `the expression \`${shown}\` failed: ${why}`);
}

function isTrue(data: ExpressionData): boolean {
  const value = fromData(data);
  return value !== null && value !== false && value !== 0 && value !== '' && !Number.isNaN(value);
}
