/** What the engine needs from its surroundings, handed in so that tests and front ends can bring their own. */
import { toDisposable, type Disposable } from '../model/disposable.ts';

/** Time. Wall time is for display; waits and timeouts use the monotonic clock. */
export interface Clock {
  /** Milliseconds since 1970, may jump. */
  wallMs(): number;
  /** Milliseconds since some moment of this process, never goes back. */
  monotonicMs(): number;
  /** Runs `run` once after `delayMs`; disposing cancels it. */
  after(delayMs: number, run: () => void): Disposable;
}

/** The clock of this machine. */
export const systemClock: Clock = {
  wallMs: () => Date.now(),
  // Not `performance`, which takes 2 ms to load: of a run nothing else needs it.
  monotonicMs: () => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1_000_000;
  },
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return toDisposable(() => {
      clearTimeout(timer);
    });
  },
};

/** Where the engine tells what it does, in sentences for a person. */
export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Says nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
