import { toDisposable, type Disposable } from '../../../model/disposable.ts';
import type { Clock } from '../../ports.ts';
import { hasVariables, isRunning, listProcesses } from './list-processes.ts';
import type { ProcessRequest, ProcessWatcher } from './process-starter.ts';

/** How often a process is looked at whose end nobody tells. */
const lookEveryMs = 200;

/** So many looks in a row must find nothing of a process that was asked for and never told of: it may be about to begin. */
const looksForNothing = 5;

/**
 * Waits for the end of a process whose parent, `how` it ended, was to tell of it: how it ends is never known then. One
 * that was asked for and not told of is looked for by its variables (Linux) and told of when it is found.
 */
export function awaitLostProcess(lost: {
  readonly request: Pick<ProcessRequest, 'variables'>;
  readonly watcher: ProcessWatcher;
  readonly pid: number | null;
  readonly startTime: string | null;
  readonly how: string;
  readonly clock: Clock;
}): Disposable {
  let { pid, startTime } = lost;
  let nothing = 0;
  let timer: Disposable = toDisposable(() => undefined);
  const isOver = (): boolean => {
    if (pid !== null && startTime !== null) return !isRunning(pid, startTime, 'linux');
    const found = findLeader(lost.request.variables);
    if (found === null) {
      nothing += 1;
      return pid !== null || nothing >= looksForNothing;
    }
    const isNew = pid === null;
    ({ pid, startTime } = found);
    if (isNew) lost.watcher.onSpawned(pid, startTime);
    return false;
  };
  const look = (): void => {
    timer = lost.clock.after(lookEveryMs, () => {
      if (!isOver()) look();
      else {
        lost.watcher.onExit({
          kind: 'unknown',
          message: `what started it was ended from outside (${lost.how}), so how it ended is not known`,
        });
      }
    });
  };
  look();
  return toDisposable(() => {
    timer.dispose();
  });
}

function findLeader(
  variables: Readonly<Record<string, string>>,
): { readonly pid: number; readonly startTime: string } | null {
  const found = listProcesses('linux').find(
    (fact) => fact.pid === fact.group && !fact.isZombie && hasVariables(fact.pid, variables),
  );
  return found ?? null;
}
