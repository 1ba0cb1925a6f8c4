import { spanInExpression } from '../analyze-expressions.ts';
import type { Reference } from '../../expressions/find-references.ts';
import type { Rule } from './rule.ts';

/** What `execution` has. */
export const executionProperties = ['id', 'agent', 'attempt'] as const;

/** Nothing is asked of a value that has no parts. */
export const properties: Rule = {
  codes: ['unknown-property'],
  check({ source, expressions }, reporter) {
    for (const use of expressions.uses) {
      if (reporter.isFull) return;
      for (const reference of use.references) {
        const [step] = reference.steps;
        if (reference.context === 'execution' && step?.kind === 'name') {
          const known = executionProperties.some((name) => name === step.name.toLowerCase());
          if (!known) {
            const message = `\`execution\` has no \`${step.name}\`, only ${executionProperties.join(', ')}`;
            const span = spanInExpression(source.text, use, step);
            reporter.reportWord(span, 'unknown-property', message, step.name, executionProperties);
            continue;
          }
        }
        const extra = reference.steps[depthOf(reference)];
        if (extra?.kind !== 'name') continue;
        const message = `\`${wordPath(reference)}\` is a plain value and has no \`${extra.name}\``;
        const span = spanInExpression(source.text, use, extra);
        reporter.report(span, 'unknown-property', message);
      }
    }
  },
};

/** After how many steps a plain value is reached. */
function depthOf({ context, steps }: Reference): number {
  if (context === 'workspace') return 0;
  if (context !== 'tasks') return 1;
  const property = steps[1]?.kind === 'name' ? steps[1].name.toLowerCase() : null;
  return property === 'outputs' ? 3 : 2;
}

function wordPath(reference: Reference): string {
  const steps = reference.steps.slice(0, depthOf(reference));
  const names = steps.map((step) => (step.kind === 'name' ? step.name : '*'));
  return [reference.context, ...names].join('.');
}
