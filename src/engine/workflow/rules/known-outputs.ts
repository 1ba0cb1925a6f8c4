import { spanInExpression } from '../analyze-expressions.ts';
import type { TaskSource, WorkflowSource } from '../workflow-source.ts';
import type { Rule } from './rule.ts';

/** What a request gives. */
export const httpOutputs = ['status', 'body'] as const;

/** Outputs that are known before anything runs: those of requests and of other workflows. */
export const knownOutputs: Rule = {
  codes: ['unknown-output'],
  check({ source, expressions }, reporter) {
    for (const use of expressions.uses) {
      if (reporter.isFull) return;
      for (const { context, steps } of use.references) {
        const [task, property, output] = steps;
        if (context !== 'tasks' || task?.kind !== 'name' || output?.kind !== 'name') continue;
        if (property?.kind !== 'name' || property.name.toLowerCase() !== 'outputs') continue;
        const target = source.taskById.get(task.name);
        const known = target === undefined ? null : outputsOf(target, source);
        const folded = output.name.toLowerCase();
        if (known === null || known.some((name) => name.toLowerCase() === folded)) continue;
        const message = `the task "${task.name}" has no output "${output.name}"`;
        const span = spanInExpression(source.text, use, output);
        reporter.reportWord(span, 'unknown-output', message, output.name, known);
      }
    }
  },
};

/** Null where a task may write any. */
function outputsOf(task: TaskSource, { context }: WorkflowSource): readonly string[] | null {
  if (task.entries.has('http')) return httpOutputs;
  const uses = task.entries.get('uses')?.value;
  if (uses?.kind !== 'scalar' || context.resolveUses === undefined) return null;
  const target = context.resolveUses(uses.text);
  return target.kind === 'found' ? target.outputs : null;
}
