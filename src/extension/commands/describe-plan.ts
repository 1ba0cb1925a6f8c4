import type { Execution } from '../../model/execution.ts';
import type { PlannedTask, RestartPlan } from '../../engine/run/plan-restart.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** More lines than this do not fit a dialog. */
const maxLines = 12;

/** What a person is asked before a retry or a resume: what runs again, what is kept, and why. */
export function describePlan(
  execution: Execution,
  plan: RestartPlan,
  verb: 'Retry' | 'Resume',
  t: Translate = inEnglish,
): { readonly question: string; readonly detail: string } {
  const count = plan.again.length;
  const kept = plan.kept.length;
  const again = count === 1 ? t('1 task runs again') : t('{0} tasks run again', count);
  const rest = kept === 0 ? '' : `, ${t('{0} kept', kept)}`;
  const ask = verb === 'Retry' ? t('Retry {0}?', execution.name) : t('Resume {0}?', execution.name);
  return {
    question: `${ask} ${again}${rest}.`,
    detail: [
      ...section(t('Run again:'), plan.again, t),
      ...section(t('Kept:'), plan.kept, t),
      ...changes(execution, plan, t),
    ].join('\n'),
  };
}

function changes(
  { parent }: Execution,
  { isWorkflowChanged }: RestartPlan,
  t: Translate,
): readonly string[] {
  if (!isWorkflowChanged) return [];
  const changed = t('The workflow file has changed since this execution was started.');
  // A part of another execution does not run alone.
  if (parent !== null) return [changed];
  return [
    changed,
    t('It goes on with the file as it was; "Run Again" starts all tasks of the file as it is.'),
  ];
}

function section(title: string, tasks: readonly PlannedTask[], t: Translate): readonly string[] {
  if (tasks.length === 0) return [];
  const shown = tasks.slice(0, maxLines).map(({ task, why }) => `  ${task}: ${firstLine(why)}`);
  const left = tasks.length - shown.length;
  return [title, ...shown, ...(left > 0 ? [`  ${t('and {0} more', left)}`] : []), ''];
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length <= 100 ? line : `${line.slice(0, 99)}…`;
}
