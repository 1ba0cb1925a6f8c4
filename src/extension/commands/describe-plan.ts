import type { Execution } from '../../model/execution.ts';
import type { PlannedTask, RestartPlan } from '../../engine/run/plan-restart.ts';

/** More lines than this do not fit a dialog. */
const maxLines = 12;

/** What a person is asked before a retry or a resume: what runs again, what is kept, and why. */
export function describePlan(
  execution: Execution,
  plan: RestartPlan,
  verb: 'Retry' | 'Resume',
): { readonly question: string; readonly detail: string } {
  const count = plan.again.length;
  const kept = plan.kept.length;
  const again = `${String(count)} ${count === 1 ? 'task runs' : 'tasks run'} again`;
  const rest = kept === 0 ? '' : `, ${String(kept)} kept`;
  return {
    question: `${verb} ${execution.name}? ${again}${rest}.`,
    detail: [
      ...section('Run again:', plan.again),
      ...section('Kept:', plan.kept),
      ...(plan.isWorkflowChanged
        ? ['The workflow file has changed since this execution was started.']
        : []),
    ].join('\n'),
  };
}

function section(title: string, tasks: readonly PlannedTask[]): readonly string[] {
  if (tasks.length === 0) return [];
  const shown = tasks.slice(0, maxLines).map(({ task, why }) => `  ${task}: ${firstLine(why)}`);
  const left = tasks.length - shown.length;
  return [title, ...shown, ...(left > 0 ? [`  and ${String(left)} more`] : []), ''];
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length <= 100 ? line : `${line.slice(0, 99)}…`;
}
