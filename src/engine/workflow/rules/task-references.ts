import type { ExpressionUse } from '../analyze-expressions.ts';
import { spanInExpression } from '../analyze-expressions.ts';
import type { ReferenceStep } from '../../expressions/find-references.ts';
import { planNeed } from '../plan-need.ts';
import type { FindingExtras, Reporter } from '../reporter.ts';
import type { TaskSource } from '../workflow-source.ts';
import type { Rule, RuleInput } from './rule.ts';

/** What `tasks.<id>` has. */
export const taskProperties = ['status', 'outputs', 'exit-code', 'attempt'] as const;

/** `tasks.<id>` exists and is surely over where it is read. */
export const taskReferences: Rule = {
  codes: ['unknown-task', 'task-not-over', 'unknown-property'],
  check(input, reporter) {
    for (const use of input.expressions.uses) {
      if (reporter.isFull) return;
      for (const { context, steps } of use.references) {
        if (context === 'tasks') checkReference(use, steps, input, reporter);
      }
    }
  },
};

function checkReference(
  use: ExpressionUse,
  [task, property]: readonly ReferenceStep[],
  input: RuleInput,
  reporter: Reporter,
): void {
  const { source } = input;
  if (task?.kind === 'name') {
    const target = findTask(task.name, input);
    if (target === undefined) {
      const span = spanInExpression(source.text, use, task);
      const message = `there is no task "${task.name}"`;
      reporter.reportWord(span, 'unknown-task', message, task.name, () => candidates(use, input));
      return;
    }
    const why = whyNotOver(use, target, input);
    if (why !== null) {
      const span = spanInExpression(source.text, use, task);
      const need = missingNeed(use, target, input);
      reporter.report(span, 'task-not-over', why, need === null ? {} : { fix: need });
    }
  }
  if (property?.kind !== 'name') return;
  if (taskProperties.some((name) => name === property.name.toLowerCase())) return;
  const span = spanInExpression(source.text, use, property);
  const message = `a task has no \`${property.name}\`, only ${taskProperties.join(', ')}`;
  const words = property.name === 'result' ? ['status'] : taskProperties;
  if (property.name === 'result') {
    const fix = { title: 'Change to "status"', edits: [{ span, text: 'status' }] };
    reporter.report(span, 'unknown-property', `${message}; did you mean \`status\`?`, { fix });
  } else reporter.reportWord(span, 'unknown-property', message, property.name, words);
}

function findTask(name: string, { source }: RuleInput): TaskSource | undefined {
  const exact = source.taskById.get(name);
  if (exact !== undefined) return exact;
  return source.taskByFoldedId.get(name.toLowerCase());
}

/** Tasks that may be read at the place. */
function candidates(use: ExpressionUse, input: RuleInput): readonly string[] {
  const self = use.use.task?.id;
  return input.source.tasks.filter((task) => task.id !== self).map((task) => task.id);
}

/** The fix that makes the task wait, where that makes no circle. */
function missingNeed(
  use: ExpressionUse,
  target: TaskSource,
  { source, graph }: RuleInput,
): NonNullable<FindingExtras['fix']> | null {
  const task = source.taskById.get(use.use.task?.id ?? '');
  if (task === undefined || task === target || task.isFinally !== target.isFinally) return null;
  if (graph.isBefore(task.id, target.id)) return null;
  const edit = planNeed(source.text, task, target.id);
  return edit === null ? null : { title: `Add "${target.id}" to needs`, edits: [edit] };
}

function whyNotOver(use: ExpressionUse, target: TaskSource, input: RuleInput): string | null {
  const { task } = use.use;
  // Without a task it is `outputs`, read at the end, or a place where `tasks` is refused as such.
  if (task === null) return null;
  if (target.id === task.id) return `"${target.id}" is this task itself, which is not over yet`;
  if (task.isFinally && !target.isFinally) return null;
  if (input.graph.isBefore(target.id, task.id)) return null;
  if (target.isFinally && !task.isFinally) {
    return `"${target.id}" is under \`finally\`, which starts after all other tasks`;
  }
  return `"${target.id}" may not be over when "${task.id}" starts; add it to \`needs\``;
}
