import type { Leftover } from '../../engine/run/leftovers.ts';
import type { RestartPlan } from '../../engine/run/plan-restart.ts';
import type { Execution } from '../../model/execution.ts';
import type { Look } from './describe-status.ts';
import { renderTable } from './render-table.ts';
import { cleanLine } from './text-width.ts';

/** What a retry or a resume will do, before it does it: also to processes that outlived their runner. */
export function renderPlan(
  execution: Execution,
  plan: RestartPlan,
  leftovers: readonly Leftover[],
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
  for (const { task, pids } of leftovers) {
    lines.push(
      paint(
        'yellow',
        `  ${glyphs.stuck} ${task} still runs as ${describePids(pids)}, left by a runner that is gone; it is ended first`,
      ),
    );
  }
  if (plan.isWorkflowChanged) {
    const changed = `${execution.workflow.path} has changed since; it goes on with the file as it was`;
    lines.push(paint('yellow', `  ${changed}`));
  }
  return lines;
}

function describePids(pids: readonly number[]): string {
  const shown = pids.slice(0, 5).map(String).join(', ');
  const more = pids.length > 5 ? ` and ${String(pids.length - 5)} more` : '';
  return `${pids.length === 1 ? 'process' : 'processes'} ${shown}${more}`;
}
