import type { RestartPlan } from '../../engine/run/plan-restart.ts';
import type { Execution } from '../../model/execution.ts';
import type { Look } from './describe-status.ts';
import { renderTable } from './render-table.ts';
import { cleanLine } from './text-width.ts';

/** What a retry or a resume will do, before it does it. */
export function renderPlan(
  execution: Execution,
  plan: RestartPlan,
  why: 'retry' | 'resume',
  look: Look,
): string[] {
  const { paint, glyphs } = look;
  const lines = [`${why} of ${paint('bold', cleanLine(execution.name))} ${execution.id}`];
  const rows = [
    ...plan.kept.map((item) => [
      `  ${paint('green', glyphs.succeeded)} ${item.task}`,
      'kept',
      paint('dim', cleanLine(item.why)),
    ]),
    ...plan.again.map((item) => [
      `  ${paint('cyan', glyphs.retrying)} ${item.task}`,
      'runs again',
      paint('dim', cleanLine(item.why)),
    ]),
  ];
  lines.push(...renderTable(rows));
  if (plan.isWorkflowChanged) {
    lines.push(
      paint('yellow', `  ${execution.workflow.path} has changed since; the changed file is used`),
    );
  }
  return lines;
}
