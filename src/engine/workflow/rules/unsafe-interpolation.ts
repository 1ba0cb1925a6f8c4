import { spanInValue, type ExpressionUse } from '../analyze-expressions.ts';
import type { TemplateUse } from '../check-shape.ts';
import { planEnvRewrite, type ScriptExpression } from '../plan-env-rewrite.ts';
import type { Reporter } from '../reporter.ts';
import type { WorkflowSource } from '../workflow-source.ts';
import type { Rule } from './rule.ts';

/** Contexts whose values come from outside the file: as text of a script they would be commands. */
const outsideContexts = new Set(['inputs', 'tasks', 'env', 'secrets']);

/** Of one script; each place is looked for from its start. */
const maxReported = 50;

/** No outside text becomes shell text. */
export const unsafeInterpolation: Rule = {
  codes: ['unsafe-interpolation'],
  check({ source, expressions }, reporter) {
    const scripts = new Map<TemplateUse, ExpressionUse[]>();
    for (const use of expressions.uses) {
      if (use.use.site !== 'run' || use.wrapper === null) continue;
      if (!use.references.some(({ context }) => outsideContexts.has(context))) continue;
      const script = scripts.get(use.use);
      if (script === undefined) scripts.set(use.use, [use]);
      else script.push(use);
    }
    for (const uses of scripts.values()) {
      if (reporter.isFull) return;
      reportScript(source, uses, reporter);
    }
  },
};

/** Every expression is reported; the fix is the same for all of a script, since they share its `env`. */
function reportScript(
  source: WorkflowSource,
  uses: readonly ExpressionUse[],
  reporter: Reporter,
): void {
  const script = uses.slice(0, maxReported).map((use): ScriptExpression => {
    const { start, end } = use.wrapper ?? { start: 0, end: 0 };
    return { use, wrapper: spanInValue(source.text, use.use, start, end) };
  });
  const rewrite = planEnvRewrite(source, script);
  const { shown, names } = rewrite;
  // Half a script repaired is none.
  const edits = uses.length > maxReported ? null : rewrite.edits;
  const title = `Hand over ${names.join(', ')} in env`;
  const extras = edits === null ? {} : { fix: { title, edits } };
  for (const [at, { use, wrapper }] of script.entries()) {
    const message = `\`${wordReference(use)}\` in \`run\` would become text of the script; put it into \`env\` and use ${shown[at] ?? ''}`;
    reporter.report(wrapper, 'unsafe-interpolation', message, extras);
  }
}

function wordReference({ expression }: ExpressionUse): string {
  const text = expression.source.trim().replace(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
