import { spanInExpression } from '../analyze-expressions.ts';
import type { Rule } from './rule.ts';

/** `inputs.<name>` and `secrets.<NAME>` are declared. */
export const knownNames: Rule = {
  codes: ['unknown-input', 'unknown-secret'],
  check({ source, expressions }, reporter) {
    for (const use of expressions.uses) {
      if (reporter.isFull) return;
      for (const { context, steps } of use.references) {
        const [step] = steps;
        if (step?.kind !== 'name') continue;
        if (context === 'inputs' && !hasName(source.inputs.keys(), step.name)) {
          const span = spanInExpression(source.text, use, step);
          const message = `the workflow has no input "${step.name}"`;
          reporter.reportWord(span, 'unknown-input', message, step.name, source.inputs.keys());
        } else if (context === 'secrets' && !hasName(source.secrets, step.name)) {
          const span = spanInExpression(source.text, use, step);
          const message = `"${step.name}" is not among the \`secrets\` of the workflow`;
          reporter.reportWord(span, 'unknown-secret', message, step.name, source.secrets);
        }
      }
    }
  },
};

/** Names in expressions are found without regard to case. */
function hasName(names: Iterable<string>, wanted: string): boolean {
  const folded = wanted.toLowerCase();
  for (const name of names) if (name === wanted || name.toLowerCase() === folded) return true;
  return false;
}
