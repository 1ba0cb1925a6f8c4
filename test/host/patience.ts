import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;

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
      await sleep(pollMs);
    }
    const picture = await this.#takePicture(`waited-for ${what}`);
    const why = lastError instanceof Error ? `\n  last: ${lastError.message}` : '';
    throw new Error(
      `waited ${String(limitMs)} ms in vain for ${what}; screenshot ${picture}\n${await this.#readText()}${why}`,
      { cause: lastError },
    );
  }

  /** Asks for a while until the answer is not `undefined`; `undefined` when the time is over. */
  async during<T>(
    limitMs: number,
    ask: () => Promise<T | undefined> | T | undefined,
  ): Promise<T | undefined> {
    const deadline = Date.now() + limitMs;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined || Date.now() > deadline) return answer;
      await sleep(pollMs);
    }
  }
}
