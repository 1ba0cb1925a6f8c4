import { fail, ok, type Result } from '../../../model/result.ts';
import { evaluateTemplate } from '../../expressions/evaluate.ts';
import type { AttemptPlan } from './attempt.ts';

/** The task's own `env` with its expressions filled in. A failure (`expression`) names the variable. */
export function evaluateEnvironment(
  plan: Pick<AttemptPlan, 'spec' | 'scope'>,
): Result<Readonly<Record<string, string>>> {
  const values: Record<string, string> = {};
  for (const [name, template] of Object.entries(plan.spec.env)) {
    const value = template.includes('${{')
      ? evaluateTemplate(template, plan.scope())
      : ok(template);
    if (!value.ok) return fail('expression', `env.${name}: ${value.error.message}`);
    values[name] = value.value;
  }
  return ok(values);
}
