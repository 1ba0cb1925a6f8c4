import {
  compareExecutions,
  type ComparedSide,
  type ComparedTask,
  type ComparedValue,
} from '../../model/compare-executions.ts';
import { describeDivergence } from '../../model/describe-divergence.ts';
import {
  maxComparedValue,
  type ComparePage,
  type ComparedSideRow,
  type ComparedTaskRow,
  type ComparedValueRow,
} from '../../protocol/compare-messages.ts';
import { maxMessageBytes, maxText } from '../../protocol/limits.ts';
import type { FolderExecution } from './dashboard-host.ts';
import { fitText, jsonBytes } from './fit-text.ts';
import { toListRow } from './to-list-row.ts';
import { toldExecution } from '../told.ts';
import { inEnglishWords, type Words } from './words.ts';

/** Half for the tasks at most, so that values have their place whatever the number of tasks. */
const taskBudget = maxMessageBytes / 2;

/** The comparison of two executions in one message; what matters least is left out of it. */
export function toComparison(
  one: FolderExecution,
  other: FolderExecution,
  { t, tell }: Words = inEnglishWords,
): ComparePage {
  const [before, after] = inOrderOfTime(one, other);
  const compared = compareExecutions(
    toldExecution(before.execution, tell),
    toldExecution(after.execution, tell),
  );
  const { divergence, isSameWorkflow } = compared;
  const frame = {
    before: toListRow(before, false, tell),
    after: toListRow(after, false, tell),
    summary: fitText(describeDivergence(compared, t), maxText.message),
    divergence: divergence === null ? null : fitText(divergence.id, maxText.id),
    isSameWorkflow,
  };
  const tasks = takeTasks(compared.tasks, taskBudget);
  const left = maxMessageBytes - 1024 - jsonBytes(frame) - jsonBytes(tasks);
  const values = takeValues(compared.values, left);
  return {
    ...frame,
    tasks,
    moreTasks: compared.tasks.length - tasks.length,
    values,
    moreValues: compared.values.length - values.length,
  };
}

/** The one that was created earlier, then the other one. */
export function inOrderOfTime(
  one: FolderExecution,
  other: FolderExecution,
): readonly [FolderExecution, FolderExecution] {
  return one.execution.createdAt <= other.execution.createdAt ? [one, other] : [other, one];
}

/** Those that differ come first to have a place; they stay in their order. */
function takeTasks(tasks: readonly ComparedTask[], budget: number): readonly ComparedTaskRow[] {
  let left = budget;
  const taken: { readonly place: number; readonly row: ComparedTaskRow }[] = [];
  const places = [...tasks.entries()];
  const isDifferent = ([, task]: (typeof places)[number]): boolean => task.difference !== null;
  const wanted = [
    ...places.filter(isDifferent),
    ...places.filter((entry) => !isDifferent(entry)),
  ].slice(0, 500);
  for (const [place, task] of wanted) {
    const row = toTaskRow(task);
    left -= jsonBytes(row) + 1;
    if (left < 0) break;
    taken.push({ place, row });
  }
  return taken.sort((a, b) => a.place - b.place).map(({ row }) => row);
}

function toTaskRow({ id, name, before, after, difference }: ComparedTask): ComparedTaskRow {
  return {
    id: fitText(id, maxText.id),
    name: fitText(name, maxText.name),
    before: toSideRow(before),
    after: toSideRow(after),
    isDifferent: difference !== null,
  };
}

function toSideRow(side: ComparedSide | null): ComparedSideRow | null {
  if (side === null) return null;
  const { status, attempt, durationMs } = side;
  return { status, attempt, durationMs };
}

function takeValues(values: readonly ComparedValue[], budget: number): readonly ComparedValueRow[] {
  let left = budget;
  const rows: ComparedValueRow[] = [];
  for (const value of values.slice(0, 500)) {
    const row: ComparedValueRow = {
      kind: value.kind,
      task: value.task === null ? null : fitText(value.task, maxText.id),
      name: fitText(value.name, maxText.id),
      ...cutTogether(value.before, value.after),
    };
    left -= jsonBytes(row) + 1;
    if (left < 0) break;
    rows.push(row);
  }
  return rows;
}

/** Two long values begin where they differ, or nobody would see how they do. */
function cutTogether(
  before: string | null,
  after: string | null,
): { readonly before: string | null; readonly after: string | null } {
  let same = 0;
  if (before !== null && after !== null && Math.max(before.length, after.length) > longValue) {
    while (same < before.length && before[same] === after[same]) same += 1;
  }
  const from = Math.max(0, same - 40);
  const cut = (value: string | null): string | null =>
    value === null ? null : fitText(from > 0 ? `…${value.slice(from)}` : value, maxComparedValue);
  return { before: cut(before), after: cut(after) };
}

const longValue = maxComparedValue;
