import { spanInValue, type ExpressionUse } from '../analyze-expressions.ts';
import type { TemplateUse } from '../check-shape.ts';
import { planEnvRewrite, type ScriptExpression } from '../plan-env-rewrite.ts';
import type { Reporter } from '../reporter.ts';
import type { WorkflowSource } from '../workflow-source.ts';
import type { Rule } from './rule.ts';

/** Contexts whose values come from outside the file: as text of a script they would be commands. */
const outsideContexts = new Set(['inputs', 'tasks', 'env', 'secrets']);

/** No outside text becomes shell text. */
export const unsafeInterpolation: Rule = {
  codes: ['unsafe-interpolation'],
  check({ source, expressions }, reporter) {
    const scripts = new Map<TemplateUse, ScriptExpression[]>();
    for (const use of expressions.uses) {
      if (use.use.site !== 'run' || use.wrapper === null) continue;
      if (!use.references.some(({ context }) => outsideContexts.has(context))) continue;
      const wrapper = spanInValue(source.text, use.use, use.wrapper.start, use.wrapper.end);
      const script = scripts.get(use.use);
      if (script === undefined) scripts.set(use.use, [{ use, wrapper }]);
      else script.push({ use, wrapper });
    }
    for (const script of scripts.values()) reportScript(source, script, reporter);
  },
};

/** Every expression is reported; the fix is the same for all of a script, since they share its `env`. */
function reportScript(
  source: WorkflowSource,
  script: readonly ScriptExpression[],
  reporter: Reporter,
): void {
  const { shown, names, edits } = planEnvRewrite(source, script);
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
