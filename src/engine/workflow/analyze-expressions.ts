import { findReferences, type Call, type Reference } from '../expressions/find-references.ts';
import {
  parseExpression,
  type ExpressionProblem,
  type ParsedExpression,
} from '../expressions/parse-expression.ts';
import { parseTemplate, readCondition } from '../expressions/parse-template.ts';
import type { TemplateUse } from './check-shape.ts';
import type { Span } from './reporter.ts';
import { sourceOffsetOf } from './yaml/map-offset.ts';

/** An expression of a file that can be parsed, with what it asks for. */
export interface ExpressionUse {
  readonly use: TemplateUse;
  readonly expression: ParsedExpression;
  readonly references: readonly Reference[];
  readonly calls: readonly Call[];
  /** Where its source starts in the value of the scalar. */
  readonly valueStart: number;
  /** The whole `${{ }}`, as offsets of the value; null for a condition without it. */
  readonly wrapper: Span | null;
}

/** An expression that cannot be parsed. */
export interface BrokenExpression {
  readonly use: TemplateUse;
  readonly problem: ExpressionProblem | UnclosedProblem;
  /** Where the offsets of the problem start in the value of the scalar. */
  readonly valueStart: number;
}

/** A text whose `${{ }}` are not well placed. */
export interface UnclosedProblem {
  readonly code: 'bad-expression' | 'mixed-condition';
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly word: null;
}

/** All expressions of a file. */
export interface Expressions {
  readonly uses: readonly ExpressionUse[];
  readonly broken: readonly BrokenExpression[];
}

/** Parses every expression of a file once, for all rules. */
export function analyzeExpressions(templates: readonly TemplateUse[]): Expressions {
  const uses: ExpressionUse[] = [];
  const broken: BrokenExpression[] = [];
  const add = (
    use: TemplateUse,
    source: string,
    valueStart: number,
    wrapper: Span | null,
  ): void => {
    const parsed = parseExpression(source);
    if (!parsed.ok) {
      const isNothing = source.trim() === '' && wrapper !== null;
      broken.push(
        isNothing
          ? { use, problem: { ...parsed.error, ...wrapper }, valueStart: 0 }
          : { use, problem: parsed.error, valueStart },
      );
      return;
    }
    uses.push({
      use,
      expression: parsed.value,
      ...findReferences(parsed.value),
      valueStart,
      wrapper,
    });
  };
  for (const use of templates) {
    const value = use.scalar.text;
    if (use.isCondition) {
      const inside = readCondition(value);
      if (inside !== null) add(use, inside.source, inside.start, null);
      else broken.push({ use, problem: conditionProblem(value), valueStart: 0 });
      continue;
    }
    if (!value.includes('${{')) continue;
    const parts = parseTemplate(value);
    if (!parts.ok) {
      broken.push({ use, problem: unclosed(value, parts.error.start), valueStart: 0 });
      continue;
    }
    for (const part of parts.value) {
      if (part.kind === 'expression') {
        add(use, part.source, part.sourceStart, { start: part.start, end: part.end });
      }
    }
  }
  return { uses, broken };
}

/** The place in the file of a stretch of a scalar's value. */
export function spanInValue(text: string, use: TemplateUse, start: number, end: number): Span {
  const from = sourceOffsetOf(text, use.scalar, start);
  if (end <= start) return { start: from, end: from };
  return { start: from, end: sourceOffsetOf(text, use.scalar, end - 1) + 1 };
}

/** The place in the file of a stretch of an expression. */
export function spanInExpression(text: string, use: ExpressionUse, part: Span): Span {
  return spanInValue(text, use.use, use.valueStart + part.start, use.valueStart + part.end);
}

function unclosed(value: string, start: number): UnclosedProblem {
  const hint = value.includes('}}', start) ? '; is a quote before it missing?' : '';
  const message = `this \`\${{\` has no closing \`}}\`${hint}`;
  return { code: 'bad-expression', message, start, end: start + 3, word: null };
}

function conditionProblem(value: string): UnclosedProblem {
  const parts = parseTemplate(value);
  if (!parts.ok) return unclosed(value, parts.error.start);
  const message =
    'text around `${{ }}` makes the condition always true; put the whole condition inside, or leave `${{ }}` out';
  return { code: 'mixed-condition', message, start: 0, end: value.length, word: null };
}
