import type { ExpressionUse } from '../analyze-expressions.ts';
import { spanInValue } from '../analyze-expressions.ts';
import { planEnvRewrite } from '../plan-env-rewrite.ts';
import type { Rule } from './rule.ts';

/** Contexts whose values come from outside the file: as text of a script they would be commands. */
const outsideContexts = new Set(['inputs', 'tasks', 'env', 'secrets']);

/** No outside text becomes shell text. */
export const unsafeInterpolation: Rule = {
  codes: ['unsafe-interpolation'],
  check({ source, expressions }, reporter) {
    for (const use of expressions.uses) {
      if (use.use.site !== 'run' || use.wrapper === null) continue;
      const outside = use.references.find(({ context }) => outsideContexts.has(context));
      if (outside === undefined) continue;
      const span = spanInValue(source.text, use.use, use.wrapper.start, use.wrapper.end);
      const rewrite = planEnvRewrite(source, use, span);
      const what = wordReference(use);
      const message = `\`${what}\` in \`run\` would become text of the script; put it into \`env\` and use ${rewrite.shown}`;
      reporter.report(span, 'unsafe-interpolation', message, {
        ...(rewrite.edits === null
          ? {}
          : { fix: { title: `Hand it over as ${rewrite.name} in env`, edits: rewrite.edits } }),
      });
    }
  },
};

function wordReference({ expression }: ExpressionUse): string {
  const text = expression.source.trim().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
