/**
 * Joins what two parties know. Per execution the higher (epoch, seq) wins and an absence means nothing, so a view file
 * that was written late, restored or written twice heals with the next write. Commutative, associative, idempotent.
 */
import type { Execution, TaskExecution } from '../../model/execution.ts';
import { isExecutionField, isTaskField } from './execution-shape.ts';

/** Both sides' executions, newest first. */
export function joinExecutions(
  a: readonly Execution[],
  b: readonly Execution[],
): readonly Execution[] {
  const joined = new Map<string, Execution>();
  for (const execution of [...a, ...b]) {
    const known = joined.get(execution.id);
    joined.set(execution.id, known === undefined ? execution : joinExecution(known, execution));
  }
  return [...joined.values()].sort(newestFirst);
}

/** The order of the view file: by creation, newest first. */
export function newestFirst(
  a: Pick<Execution, 'createdAt' | 'id'>,
  b: Pick<Execution, 'createdAt' | 'id'>,
): number {
  return compare(b.createdAt, a.createdAt) || compare(b.id, a.id);
}

/** How far the journals were read: the higher (epoch, seq) is the newer truth. */
export type JournalPlace = Pick<Execution, 'epoch' | 'seq'>;

/** Negative when `a` is the older state of the same execution. */
export function compareStates(a: JournalPlace, b: JournalPlace): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}

/** Two states of one execution: the newer one, with fields of others that only the older one has. */
export function joinExecution(a: Execution, b: Execution): Execution {
  if (a === b) return a;
  const order = compareStates(a, b);
  if (order !== 0) return order < 0 ? carry(b, a) : carry(a, b);
  // The objects of `b`: a caller that joins the same state again finds them by identity.
  if (isSameRecord(a, b)) return carry(withLatestOutput(b, a), a);
  // The same record but not the same state: somebody edited one of them. Any rule does that all follow.
  return ownText(a) < ownText(b) ? carry(b, a) : carry(a, b);
}

/** The fields that the journal decides on, in one order. `lastOutputAt` is not in the journal. */
function ownText(execution: Execution): string {
  return headerText(execution) + JSON.stringify(execution.tasks.map(taskText));
}

function headerText(execution: Execution): string {
  return JSON.stringify(sortedOwn({ ...execution, tasks: [] }, isExecutionField));
}

function taskText(task: TaskExecution): string {
  return JSON.stringify(sortedOwn({ ...task, lastOutputAt: null }, isTaskField));
}

function sortedOwn(value: object, isOwn: (name: string) => boolean): [string, unknown][] {
  return Object.entries(value)
    .filter(([name]) => isOwn(name))
    .sort(([a], [b]) => compare(a, b));
}

function withLatestOutput(a: Execution, b: Execution): Execution {
  const isLater = b.tasks.some((task, index) => isAfter(task, a.tasks[index]));
  if (!isLater) return a;
  const tasks = a.tasks.map((task, index) => {
    const other = b.tasks[index];
    return other !== undefined && isAfter(other, task)
      ? { ...task, lastOutputAt: other.lastOutputAt }
      : task;
  });
  return { ...a, tasks };
}

function isAfter(a: TaskExecution, b: TaskExecution | undefined): boolean {
  if (a.lastOutputAt === null) return false;
  const other = b?.lastOutputAt ?? null;
  return other === null || a.lastOutputAt > other;
}

/** Whether two states say the same of everything that the journal decides on. */
export function isSameRecord(a: Execution, b: Execution): boolean {
  return (
    a.tasks.length === b.tasks.length &&
    headerText(a) === headerText(b) &&
    a.tasks.every((task, index) => {
      const other = b.tasks[index];
      // Most are the same object.
      return task === other || (other !== undefined && taskText(task) === taskText(other));
    })
  );
}

/** `winner` with the fields of others that only `loser` has. */
export function carryFields(winner: Execution, loser: Execution): Execution {
  return carry(winner, loser);
}

/**
 * `winner` with the unknown fields of `loser`. Nobody knows which one is newer where both have one, so the greater text
 * wins: all parties come to the same.
 */
function carry(winner: Execution, loser: Execution): Execution {
  const fields = missing(winner, loser, isExecutionField);
  const losers = new Map<string, TaskExecution>();
  loser.tasks.forEach((task, index) => {
    if (task !== winner.tasks[index] && hasForeign(task, isTaskField)) losers.set(task.id, task);
  });
  if (fields === null && losers.size === 0) return winner;
  const tasks = winner.tasks.map((task) => {
    const other = losers.get(task.id);
    const more = other === undefined ? null : missing(task, other, isTaskField);
    return more === null ? task : { ...task, ...more };
  });
  return { ...winner, ...fields, tasks };
}

function hasForeign(value: object, isOwn: (name: string) => boolean): boolean {
  for (const name in value) if (!isOwn(name)) return true;
  return false;
}

function missing(
  winner: object,
  loser: object,
  isOwn: (name: string) => boolean,
): Record<string, unknown> | null {
  let found: Record<string, unknown> | null = null;
  const has = winner as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(loser)) {
    if (isOwn(name)) continue;
    const isMissing = !Object.hasOwn(has, name);
    const isGreater = isMissing || compare(JSON.stringify(value), JSON.stringify(has[name])) > 0;
    if (isGreater) (found ??= {})[name] = value;
  }
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
