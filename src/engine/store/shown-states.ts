/** What one reader showed: the one place that never lets an execution go back to an older state. */
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { compareStates, type JournalPlace } from './join-executions.ts';

/** Remembers what was shown, and the newest place of each execution, also of those that left the view. */
export class ShownStates {
  #current: readonly Execution[] = [];
  readonly #newest = new Map<string, JournalPlace>();
  readonly #max: number;

  /** Remembers the places of at most `max` executions; the view has some 200. */
  constructor(max = 10_000) {
    this.#max = max;
  }

  /** What is shown now. */
  get current(): readonly Execution[] {
    return this.#current;
  }

  /** Shows these from now on, those that are older than they were shown as they were shown; returns that. */
  show(executions: readonly Execution[]): readonly Execution[] {
    const byId = new Map(this.#current.map((execution) => [execution.id, execution]));
    const shown = executions.map((execution) => {
      const known = byId.get(execution.id);
      return known !== undefined && compareStates(execution, known) < 0 ? known : execution;
    });
    for (const execution of shown) this.#remember(execution);
    for (const id of this.#newest.keys()) {
      if (this.#newest.size <= this.#max) break;
      this.#newest.delete(id);
    }
    this.#current = shown;
    return shown;
  }

  /**
   * Whether a newer state of this execution was shown before, so that this one comes from an old file or a lost write.
   * False for one that is not over: the view is behind its journal all the time, and its journal is read anyway.
   */
  isNewerThan(execution: Execution): boolean {
    if (!isExecutionOver(execution.status)) return false;
    const shown = this.#newest.get(execution.id);
    return shown !== undefined && compareStates(execution, shown) < 0;
  }

  #remember({ id, epoch, seq }: Execution): void {
    const known = this.#newest.get(id);
    if (known?.epoch === epoch && known.seq === seq) return;
    if (known === undefined || compareStates({ epoch, seq }, known) > 0) {
      this.#newest.set(id, { epoch, seq });
    }
  }
}
