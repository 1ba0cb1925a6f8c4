import { code } from '../../engine/workflow/authoring/hover.ts';
import { lastValue } from '../../engine/workflow/authoring/last-value.ts';
import type { TaskRun } from '../../engine/workflow/authoring/task-runs.ts';
import type { Execution } from '../../model/execution.ts';
import { wordTaskRun } from '../decorations/decide-task-marks.ts';
import { describeMoment } from '../describe-time.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** The last runs of a task as a Markdown list, newest first, with why they failed. */
export function describeRuns(
  runs: readonly TaskRun[],
  now: Date,
  t: Translate = inEnglish,
): string {
  const rows = runs.map((run) => {
    const failure = run.failure === null ? '' : `: ${code(run.failure.slice(0, 200))}`;
    return `- ${describeMoment(run.at, now, t)} — ${wordTaskRun(run, t)}${failure}`;
  });
  return [t('Last runs:'), '', ...rows].join('\n');
}

/** What an expression read in the last execution, as a paragraph of Markdown; nothing where that is not known. */
export function describeValue(
  execution: Execution | undefined,
  names: readonly string[] | undefined,
  now: Date,
  t: Translate = inEnglish,
): readonly string[] {
  const value = execution === undefined || names === undefined ? null : lastValue(execution, names);
  if (execution === undefined || value === null) return [];
  const shown = value === '' ? t('empty') : code(value.slice(0, 200));
  return [
    t('In the last execution ({0}): {1}', describeMoment(execution.createdAt, now, t), shown),
  ];
}
