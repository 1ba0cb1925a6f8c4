import { statSync } from 'node:fs';
import { toDisposable, type Disposable } from '../../model/disposable.ts';
import type { Clock } from '../ports.ts';
import type { TaskRun } from './task-run.ts';

/** How often the logs of running attempts are looked at; the processes write them without our help. */
const lookEveryMs = 1000;

/** Tells which running attempts have written to their logs since the last look. */
export function watchLogs(options: {
  readonly clock: Clock;
  readonly active: () => Iterable<TaskRun>;
  readonly onOutput: (runs: readonly TaskRun[]) => void;
}): Disposable {
  let timer: Disposable;
  const look = (): void => {
    const changed: TaskRun[] = [];
    for (const run of options.active()) {
      const size = run.logFile === null ? 0 : sizeOf(run.logFile);
      if (size === run.logSize) continue;
      run.logSize = size;
      changed.push(run);
    }
    timer = options.clock.after(lookEveryMs, look);
    if (changed.length > 0) options.onOutput(changed);
  };
  timer = options.clock.after(lookEveryMs, look);
  return toDisposable(() => {
    timer.dispose();
  });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
