import type { StuckVerdict } from '../../model/execution.ts';

/** Evidence counts seconds; shown evidence is taken over this often. */
const renewMs = 60_000;

/**
 * Keeps what is said about a stuck task the same for a minute: a diagnostic whose text changes every few seconds makes
 * the Problems view flash.
 */
export class SteadyEvidence {
  #shown = new Map<string, { readonly verdict: StuckVerdict; readonly atMs: number }>();

  /** The verdicts to show now. What is gone is forgotten at once. */
  update(verdicts: readonly StuckVerdict[], nowMs: number): readonly StuckVerdict[] {
    return verdicts.map((verdict) => {
      const key = JSON.stringify([verdict.execution, verdict.task, verdict.kind, verdict.since]);
      const shown = this.#shown.get(key);
      if (shown !== undefined && nowMs - shown.atMs < renewMs) return shown.verdict;
      this.#shown.set(key, { verdict, atMs: nowMs });
      return verdict;
    });
  }
}
