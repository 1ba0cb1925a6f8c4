import type { Disposable } from '../../model/disposable.ts';
import type { After } from './push-pacer.ts';

/** Something that is waited for, though not for ever; disposed, no longer. */
export interface Wait<T> extends Disposable {
  /** Null when it did not come in time, or failed. Never rejects. */
  readonly inTime: Promise<T | null>;
}

/** Waits for something up to `limitMs`; what comes later is handed to `late`. */
export function waitAtMost<T>(
  wanted: Promise<T>,
  limitMs: number,
  after: After,
  late: (value: T) => void,
): Wait<T> {
  let isOver = false;
  let giveUp = (): void => undefined;
  const inTime = new Promise<T | null>((resolve) => {
    const end = (value: T | null): void => {
      isOver = true;
      stop();
      resolve(value);
    };
    giveUp = () => {
      end(null);
    };
    const stop = after(limitMs, giveUp);
    wanted.then((value) => {
      if (isOver) late(value);
      else end(value);
    }, giveUp);
  });
  return {
    inTime,
    dispose: () => {
      giveUp();
    },
  };
}
