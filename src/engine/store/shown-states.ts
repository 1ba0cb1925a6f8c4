/** The newest state that was shown of each execution, also of those that left the view: none is ever shown older again. */
import type { Execution } from '../../model/execution.ts';
import { compareStates, type JournalPlace } from './join-executions.ts';

/** Remembers what one reader showed. */
export class ShownStates {
  readonly #newest = new Map<string, JournalPlace>();
  readonly #max: number;

  /** Of at most `max` executions; the view has some 200. */
  constructor(max = 10_000) {
    this.#max = max;
  }

  /** These are shown now. */
  add(executions: readonly Execution[]): void {
    for (const { id, epoch, seq } of executions) {
      const known = this.#newest.get(id);
      if (known?.epoch === epoch && known.seq === seq) continue;
      this.#newest.set(id, { epoch, seq });
    }
    for (const id of this.#newest.keys()) {
      if (this.#newest.size <= this.#max) return;
      this.#newest.delete(id);
    }
  }

  /** Whether a newer state of this execution was shown before. */
  isNewerThan(execution: Execution): boolean {
    const shown = this.#newest.get(execution.id);
    return shown !== undefined && compareStates(execution, shown) < 0;
  }
}
