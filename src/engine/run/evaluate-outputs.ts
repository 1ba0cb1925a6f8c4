import { fail, ok, type Result } from '../../model/result.ts';
import type { Workflow } from '../../model/workflow.ts';
import { evaluateTemplate } from '../expressions/evaluate.ts';
import type { ExecutionFacts } from './execution-facts.ts';
import { maskText } from './mask-secrets.ts';

/** The outputs of a whole execution. A failure (`expression`) names the output. */
export function evaluateOutputs(
  workflow: Workflow,
  facts: ExecutionFacts,
  secretWords: readonly string[],
): Result<Readonly<Record<string, string>>> {
  const outputs: Record<string, string> = {};
  for (const [name, template] of Object.entries(workflow.outputs)) {
    const value = evaluateTemplate(template, facts.scope());
    if (!value.ok) return fail('expression', `output "${name}": ${value.error.message}`);
    outputs[name] = maskText(value.value, secretWords);
  }
  return ok(outputs);
}
