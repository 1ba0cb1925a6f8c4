/** Folds journal records into the state of an execution. */
import { applyEvent, applyTaskEvent, type IndexOfTask } from '../../model/apply-event.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution, TaskExecution, Timestamp } from '../../model/execution.ts';
import { fail, ok, type Result } from '../../model/result.ts';
import type { JournalLine } from './journal-line.ts';

/** Finds tasks by a map that it makes once: a search would make many tasks quadratic. */
export function indexTasks(): IndexOfTask {
  let index = new Map<string, number>();
  return (execution, task) => {
    const known = index.get(task);
    if (known !== undefined && execution.tasks[known]?.id === task) return known;
    index = new Map(execution.tasks.map((candidate, at) => [candidate.id, at]));
    return index.get(task) ?? -1;
  };
}

/** All events in order; the state they lead to, with its place in the journal. */
export function foldEvents(
  from: Execution | null,
  events: readonly ExecutionEvent[],
  place: { readonly epoch: number; readonly seq: number },
  indexOf: IndexOfTask,
): Result<Execution> {
  let execution = from;
  /** The tasks, once one of them has changed: with many, a copy for each event would take most of the time. */
  let tasks: TaskExecution[] | null = null;
  for (const event of events) {
    if (!('task' in event) || execution === null) {
      if (tasks !== null && execution !== null) execution = { ...execution, tasks };
      tasks = null;
      const applied = applyEvent(execution, event, indexOf);
      if (!applied.ok) return applied;
      execution = applied.value;
      continue;
    }
    const index = indexOf(execution, event.task);
    const task = (tasks ?? execution.tasks)[index];
    if (task === undefined) return fail('unknown-task', `there is no task "${event.task}"`);
    const changed = applyTaskEvent(task, event);
    if (!changed.ok) return changed;
    tasks ??= execution.tasks.slice();
    tasks[index] = changed.value;
  }
  if (execution === null) return fail('illegal-event', 'no event');
  const { epoch, seq } = place;
  return ok({
    ...execution,
    tasks: tasks ?? execution.tasks,
    epoch,
    seq: seq + events.length - 1,
  });
}

/**
 * The state of an execution while its journals are read, one line after the other. Task events are applied to their
 * task alone, and the whole is put together when it is asked for: with many tasks, copying all of them for each event
 * would take most of the time.
 */
export class Replay {
  /** The newest state of all but the tasks. */
  #header: Execution | null = null;
  #tasks: TaskExecution[] = [];
  #index = new Map<string, number>();
  #whole: Execution | null = null;
  #epoch = 0;
  /** The epoch of the journal that is being read. */
  #nextEpoch = 0;
  #seq = 0;
  #lastAt: Timestamp | null = null;

  /** Null before `execution-created`. */
  get execution(): Execution | null {
    if (this.#header === null) return null;
    this.#whole ??= {
      ...this.#header,
      tasks: this.#tasks.slice(),
      epoch: this.#epoch,
      seq: this.#seq,
    };
    return this.#whole;
  }

  /** The seq of the last event. */
  get seq(): number {
    return this.#seq;
  }

  /** When the last event was written, by its writer's clock. */
  get lastAt(): Timestamp | null {
    return this.#lastAt;
  }

  /** Applies one line; a problem in words, or null. */
  apply(line: JournalLine, epoch: number): string | null {
    if (line.kind === 'claim') {
      // Not the whole: a claim alone is no new state.
      this.#nextEpoch = epoch;
      return line.seq === this.#seq ? null : this.#gap(line.seq);
    }
    if (epoch !== this.#nextEpoch || line.seq !== this.#seq + 1) return this.#gap(line.seq);
    for (const event of line.events) {
      const problem = this.#applyEvent(event);
      if (problem !== null) return problem;
    }
    this.#whole = null;
    this.#epoch = epoch;
    this.#seq += line.events.length;
    this.#lastAt = line.events.at(-1)?.at ?? this.#lastAt;
    return null;
  }

  #applyEvent(event: ExecutionEvent): string | null {
    if ('task' in event && this.#header !== null) {
      const index = this.#index.get(event.task) ?? -1;
      const task = this.#tasks[index];
      if (task === undefined) return `there is no task "${event.task}"`;
      const applied = applyTaskEvent(task, event);
      if (!applied.ok) return applied.error.message;
      this.#tasks[index] = applied.value;
      return null;
    }
    const before = this.#header === null ? null : { ...this.#header, tasks: this.#tasks };
    const applied = applyEvent(before, event);
    if (!applied.ok) return applied.error.message;
    this.#header = applied.value;
    this.#tasks = applied.value.tasks.slice();
    if (event.type === 'execution-created') {
      this.#index = new Map(this.#tasks.map((task, at) => [task.id, at]));
    }
    return null;
  }

  #gap(found: number): string {
    return `record ${String(this.#seq + 1)} is missing (found ${String(found)})`;
  }
}
