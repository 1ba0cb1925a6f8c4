import { setTimeout as sleep } from 'node:timers/promises';

/** Waits that end, and that show what the window looked like when they ended in vain. */
export class Patience {
  readonly limitMs: number;
  readonly #takePicture: (name: string) => Promise<string>;

  constructor(limitMs: number, takePicture: (name: string) => Promise<string>) {
    this.limitMs = limitMs;
    this.#takePicture = takePicture;
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
    throw new Error(`waited ${String(limitMs)} ms in vain for ${what}; screenshot ${picture}`, {
      cause: lastError,
    });
  }
}
