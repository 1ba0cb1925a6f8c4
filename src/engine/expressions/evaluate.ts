import type { Result } from '../../model/result.ts';
import type { Template } from '../../model/workflow.ts';
import type { ExpressionScope } from './scope.ts';

export type { ExpressionScope } from './scope.ts';

/** A value as an expression may give it. */
export type ExpressionValue =
  | string
  | number
  | boolean
  | null
  | readonly ExpressionValue[]
  | { readonly [key: string]: ExpressionValue };

/** Text with `${{ }}` filled in. A failure (`expression`) names the expression and what is wrong. */
export function evaluateTemplate(_template: Template, _scope: ExpressionScope): Result<string> {
  throw new Error('not yet');
}

/**
 * As `evaluateTemplate` for a `run` script: refuses a `workspace` or `execution.agent` whose text would be
 * active in a shell.
 */
export function evaluateScript(_template: Template, _scope: ExpressionScope): Result<string> {
  throw new Error('not yet');
}

/** As `evaluateTemplate`, but a text that is one expression as a whole keeps the type of its value. */
export function evaluateValue(
  _template: Template,
  _scope: ExpressionScope,
): Result<ExpressionValue> {
  throw new Error('not yet');
}

/** Whether a task runs: without a status function in it, `success() && (condition)`; null is `success()`. */
export function evaluateCondition(
  _condition: string | null,
  _scope: ExpressionScope,
): Result<boolean> {
  throw new Error('not yet');
}
