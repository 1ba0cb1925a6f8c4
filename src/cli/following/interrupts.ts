import { toDisposable, type Disposable } from '../../model/disposable.ts';

/** Ctrl-C, and how a terminal that is closed or a CI that cancels asks a process to end. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `handle` with a count that starts at 1, instead of ending the process, until it is disposed. */
export function onInterrupt(handle: (count: number) => void): Disposable {
  let count = 0;
  const listener = (): void => {
    count += 1;
    handle(count);
  };
  for (const signal of signals) process.on(signal, listener);
  return toDisposable(() => {
    for (const signal of signals) process.off(signal, listener);
  });
}
