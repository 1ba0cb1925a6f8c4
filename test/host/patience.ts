import { setTimeout as sleep } from 'node:timers/promises';

/** Waits that end, and that show what the window looked like when they ended in vain. */
export class Patience {
  readonly limitMs: number;
  readonly #takePicture: (name: string) => Promise<string>;
  readonly #readText: () => Promise<string>;

  /** `readText` answers what the window says, for where only text can be looked at. */
  constructor(
    limitMs: number,
    takePicture: (name: string) => Promise<string>,
    readText: () => Promise<string>,
  ) {
    this.limitMs = limitMs;
    this.#takePicture = takePicture;
    this.#readText = readText;
  }

  /**
   * Asks until the answer is not `undefined` and returns it. A question that throws is asked again.
   * Throws after `limitMs`, with the name of what was awaited and the path of a screenshot.
   */
  async until<T>(
    what: string,
    ask: () => Promise<T | undefined> | T | undefined,
    limitMs = this.limitMs,
  ): Promise<T> {
    const deadline = Date.now() + limitMs;
    let lastError: unknown;
    for (;;) {
      try {
        const answer = await ask();
        if (answer !== undefined) return answer;
        lastError = undefined;
      } catch (error) {
        lastError = error;
      }
      if (Date.now() > deadline) break;
      await sleep(100);
    }
    const picture = await this.#takePicture(`waited-for ${what}`);
    const why = lastError instanceof Error ? `\n  last: ${lastError.message}` : '';
    throw new Error(
      `waited ${String(limitMs)} ms in vain for ${what}; screenshot ${picture}\n${await this.#readText()}${why}`,
      { cause: lastError },
    );
  }
}
