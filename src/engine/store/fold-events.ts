/** Folds journal records into the state of an execution. */
import { applyEvent, type IndexOfTask } from '../../model/apply-event.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution, Timestamp } from '../../model/execution.ts';
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
  for (const event of events) {
    const applied = applyEvent(execution, event, indexOf);
    if (!applied.ok) return applied;
    execution = applied.value;
  }
  if (execution === null) return fail('illegal-event', 'no event');
  return ok({ ...execution, epoch: place.epoch, seq: place.seq + events.length - 1 });
}

/** The state of an execution while its journals are read, one line after the other. */
export class Replay {
  #execution: Execution | null = null;
  #epoch = 0;
  #seq = 0;
  #lastAt: Timestamp | null = null;
  readonly #indexOf = indexTasks();

  /** Null before `execution-created`. */
  get execution(): Execution | null {
    return this.#execution;
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
      this.#epoch = epoch;
      return line.seq === this.#seq ? null : this.#gap(line.seq);
    }
    if (epoch !== this.#epoch || line.seq !== this.#seq + 1) return this.#gap(line.seq);
    const folded = foldEvents(
      this.#execution,
      line.events,
      { epoch, seq: line.seq },
      this.#indexOf,
    );
    if (!folded.ok) return folded.error.message;
    this.#execution = folded.value;
    this.#seq = folded.value.seq;
    this.#lastAt = line.events.at(-1)?.at ?? this.#lastAt;
    return null;
  }

  #gap(found: number): string {
    return `record ${String(this.#seq + 1)} is missing (found ${String(found)})`;
  }
}
