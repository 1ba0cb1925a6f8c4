import type { Disposable } from '../../model/disposable.ts';
import type { Result } from '../../model/result.ts';
import type { RunningExecution } from './engine-options.ts';

/** Ends something together with an execution, or at once when there is none. Passes the execution on. */
export function disposeAfter(
  owned: Disposable,
  started: Result<RunningExecution>,
): Result<RunningExecution> {
  if (started.ok) {
    void started.value.finished.then(() => {
      owned.dispose();
    });
  } else owned.dispose();
  return started;
}
