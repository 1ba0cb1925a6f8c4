import { code } from '../../engine/workflow/authoring/hover.ts';
import { wordRun, type TaskRun } from '../../engine/workflow/authoring/task-runs.ts';
import { describeMoment } from '../describe-time.ts';

/** The last runs of a task as a Markdown list, newest first, with why they failed. */
export function describeRuns(runs: readonly TaskRun[], now: Date): string {
  const rows = runs.map((run) => {
    const failure = run.failure === null ? '' : `: ${code(run.failure.slice(0, 200))}`;
    return `- ${describeMoment(run.at, now)} — ${wordRun(run)}${failure}`;
  });
  return ['Last runs:', '', ...rows].join('\n');
}
