import { spanInExpression } from '../analyze-expressions.ts';
import { idPattern } from '../../../model/ids.ts';
import { planEntry, planItem } from '../plan-entry.ts';
import type { PlannedFix } from '../reporter.ts';
import type { WorkflowSource } from '../workflow-source.ts';
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
          reporter.reportWord(
            span,
            'unknown-input',
            message,
            step.name,
            source.inputs.keys(),
            undefined,
            addInput(source, step.name),
          );
        } else if (context === 'secrets' && !hasName(source.secrets, step.name)) {
          const span = spanInExpression(source.text, use, step);
          const message = `"${step.name}" is not among the \`secrets\` of the workflow`;
          reporter.reportWord(
            span,
            'unknown-secret',
            message,
            step.name,
            source.secrets,
            undefined,
            addSecret(source, step.name),
          );
        }
      }
    }
  },
};

function addInput({ text, root }: WorkflowSource, name: string): PlannedFix | undefined {
  if (!idPattern.test(name)) return undefined;
  const edit = planEntry(text, root, 'inputs', `${name}: { type: string }`, 'tasks');
  return edit === null ? undefined : { title: `Add the input "${name}"`, edits: [edit] };
}

function addSecret({ text, root }: WorkflowSource, name: string): PlannedFix | undefined {
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  const edit = planItem(text, root, 'secrets', name, { before: 'tasks' });
  return edit === null ? undefined : { title: `Add "${name}" to secrets`, edits: [edit] };
}

/** Names in expressions are found without regard to case. */
function hasName(names: Iterable<string>, wanted: string): boolean {
  const folded = wanted.toLowerCase();
  for (const name of names) if (name === wanted || name.toLowerCase() === folded) return true;
  return false;
}
