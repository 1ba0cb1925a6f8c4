import { spanInExpression } from '../analyze-expressions.ts';
import type { Rule } from './rule.ts';

/** `matrix.<name>` is in the matrix of the task. */
export const matrixNames: Rule = {
  codes: ['no-matrix', 'unknown-matrix-name'],
  check({ source, expressions, matrices }, reporter) {
    for (const use of expressions.uses) {
      if (reporter.isFull) return;
      const { task, site } = use.use;
      // Defaults apply to tasks with and without a matrix.
      if (task === null || site === 'defaults') continue;
      for (const reference of use.references) {
        if (reference.context !== 'matrix') continue;
        const matrix = matrices.get(task.id);
        if (matrix === undefined) {
          const span = spanInExpression(source.text, use, reference);
          reporter.report(span, 'no-matrix', `the task "${task.id}" has no matrix`);
          continue;
        }
        const [step] = reference.steps;
        if (step?.kind !== 'name') continue;
        const folded = step.name.toLowerCase();
        if ([...matrix.names].some((name) => name.toLowerCase() === folded)) continue;
        const span = spanInExpression(source.text, use, step);
        const message = `the matrix of "${task.id}" has no \`${step.name}\``;
        reporter.reportWord(span, 'unknown-matrix-name', message, step.name, matrix.names);
      }
    }
  },
};
