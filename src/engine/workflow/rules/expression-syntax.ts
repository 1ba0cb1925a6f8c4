import { functionNames } from '../../expressions/parse-expression.ts';
import { spanInValue } from '../analyze-expressions.ts';
import { contextNames } from '../keys/sites.ts';
import type { Rule } from './rule.ts';

/** Every expression can be parsed, and asks only for contexts and functions that exist. */
export const expressionSyntax: Rule = {
  codes: ['bad-expression', 'mixed-condition', 'unknown-context', 'unknown-function'],
  check({ source, expressions }, reporter) {
    for (const { use, problem, valueStart } of expressions.broken) {
      if (reporter.isFull) return;
      const { code, message, word } = problem;
      const span = spanInValue(
        source.text,
        use,
        valueStart + problem.start,
        valueStart + problem.end,
      );
      if (word === null) reporter.report(span, code, message);
      else {
        const known = code === 'unknown-function' ? functionNames : contextNames;
        reporter.reportWord(span, code, message, word, known);
      }
    }
  },
};
