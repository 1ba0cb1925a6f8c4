/**
 * Runs one thing at a time with the newest value: what is wanted while a run is under way starts when that is over, and
 * only the last of it. Answers therefore never overtake each other.
 */
export class LatestRun<T> {
  readonly #run: (value: T) => Promise<void>;
  #isRunning = false;
  #wanted: { readonly value: T } | null = null;

  /** `run` must not reject. */
  constructor(run: (value: T) => Promise<void>) {
    this.#run = run;
  }

  /** True from the first wish until nothing is under way any more. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Runs with `value` now or after the present run. */
  want(value: T): void {
    this.#wanted = { value };
    if (!this.#isRunning) void this.#drain();
  }

  async #drain(): Promise<void> {
    this.#isRunning = true;
    while (this.#wanted !== null) {
      const { value } = this.#wanted;
      this.#wanted = null;
      await this.#run(value);
    }
    this.#isRunning = false;
  }
}
