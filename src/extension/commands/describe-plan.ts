import type { Execution } from '../../model/execution.ts';
import type { Leftover } from '../../engine/run/leftovers.ts';
import type { PlannedTask, RestartPlan } from '../../engine/run/plan-restart.ts';
import type { Tell } from '../../model/tell-message.ts';
import type { Translate } from '../../model/translate.ts';
import { inEnglishWords, type Words } from '../dashboard/words.ts';

/** More lines than this do not fit a dialog. */
const maxLines = 12;

/**
 * What a person is asked before a retry or a resume: what runs again, what is kept, and why, and which processes are
 * ended first because they outlived their runner. `button` does it.
 */
export function describePlan(
  execution: Execution,
  plan: RestartPlan,
  verb: 'Retry' | 'Resume',
  leftovers: readonly Leftover[] = [],
  { t, tell }: Words = inEnglishWords,
): { readonly question: string; readonly detail: string; readonly button: string } {
  const count = plan.again.length;
  const kept = plan.kept.length;
  const again = count === 1 ? t('1 task runs again') : t('{0} tasks run again', count);
  const rest = kept === 0 ? '' : `, ${t('{0} kept', kept)}`;
  const ask = verb === 'Retry' ? t('Retry {0}?', execution.name) : t('Resume {0}?', execution.name);
  return {
    question: `${ask} ${again}${rest}.`,
    detail: [
      ...leftoverSection(
        t('Still running, left by a runner that is gone; ended first:'),
        leftovers,
        t,
      ),
      ...section(t('Run again:'), plan.again.map(told(tell)), t),
      ...section(t('Kept:'), plan.kept.map(told(tell)), t),
      ...changes(execution, plan, t),
    ].join('\n'),
    button: buttonOf(verb, leftovers, t),
  };
}

/** What a person is asked before an agent starts anew beside processes that outlived the runner of an execution. */
export function describeBeside(
  execution: Execution,
  leftovers: readonly Leftover[],
  { t }: Pick<Words, 't'> = inEnglishWords,
): { readonly question: string; readonly detail: string; readonly button: string } {
  return {
    question: t('Run {0} again, beside what is left of it?', execution.name),
    detail: [
      ...leftoverSection(t('Still running, left by a runner that is gone:'), leftovers, t),
      t('A new execution does not end it; "Resume" does, before it goes on.'),
    ].join('\n'),
    button: t('Run Beside It'),
  };
}

function leftoverSection(
  title: string,
  leftovers: readonly Leftover[],
  t: Translate,
): readonly string[] {
  const tasks = leftovers.map(({ task, pids }) => ({ task, why: describePids(pids, t) }));
  return section(title, tasks, t);
}

function buttonOf(verb: 'Retry' | 'Resume', leftovers: readonly Leftover[], t: Translate): string {
  const isEnding = leftovers.length > 0;
  if (verb === 'Retry') return isEnding ? t('End Processes and Retry') : t('Retry');
  return isEnding ? t('End Processes and Resume') : t('Resume');
}

function describePids(pids: readonly number[], t: Translate): string {
  const [first, ...more] = pids.map(String);
  if (more.length === 0) return t('process {0}', first ?? '');
  return t('process {0} and {1} more', first ?? '', more.length);
}

function told(tell: Tell): (planned: PlannedTask) => PlannedTask {
  return ({ task, why }) => ({ task, why: tell(why) });
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
