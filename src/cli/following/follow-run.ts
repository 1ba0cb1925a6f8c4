import { noteFinished } from '../../engine/history/note-finished.ts';
import type { RunningExecution } from '../../engine/run/engine-options.ts';
import { DisposableStore, toDisposable, type Disposable } from '../../model/disposable.ts';
import { exitStatus, exitStatusOf } from '../exit-status.ts';
import { onInterrupt } from './interrupts.ts';
import { createJsonReporter } from './json-reporter.ts';
import { createLiveReporter } from './live-reporter.ts';
import type { Workspace } from '../open-workspace.ts';
import { createPlainReporter } from './plain-reporter.ts';
import type { RunReporter } from './run-reporter.ts';
import type { Terminal } from '../terminal.ts';
import { userName } from '../user-name.ts';

/** How the run is shown. */
export interface FollowOptions {
  readonly terminal: Terminal;
  readonly workspace: Workspace;
  readonly isJson: boolean;
}

/** Shows an execution of this process until it is over; Ctrl-C cancels it, again kills it. The value is the exit status. */
export async function followRun(
  running: RunningExecution,
  { terminal, workspace, isJson }: FollowOptions,
): Promise<number> {
  const owned = new DisposableStore();
  const { folder } = workspace;
  const options = { terminal, folder, execution: running.execution };
  const reporter = owned.add(
    isJson
      ? createJsonReporter(options)
      : terminal.canRedraw
        ? createLiveReporter(options)
        : createPlainReporter(options),
  );
  owned.add(running.onEvent((change) => reporter.change(change)));
  owned.add(
    onInterrupt((count) => {
      if (count > 2) {
        // Whoever presses it a third time wants the prompt back; the next look marks the execution interrupted.
        owned.dispose();
        running.dispose();
        process.exit(exitStatus.cancelled);
      }
      running.cancel(userName());
      reporter.notice(
        count === 1 ? 'cancelling; Ctrl-C again kills' : 'killing; Ctrl-C again gives up waiting',
      );
    }),
  );
  if (!isJson) owned.add(watchStuck(workspace, running.id, reporter));
  try {
    const finished = await running.finished;
    await reporter.finish(finished);
    await noteFinished(folder, running.id);
    return exitStatusOf(finished);
  } finally {
    owned.dispose();
  }
}

/** Nothing is stuck before this, and short runs should not pay for the watch. */
const watchAfterMs = 3000;

/** Hands the stuck verdicts on one execution to the reporter. Trouble with watching is not worth a run. */
function watchStuck(workspace: Workspace, id: string, reporter: RunReporter): Disposable {
  const owned = new DisposableStore();
  const start = async (): Promise<void> => {
    const { StateFollower } = await import('../../engine/store/state-follower.ts');
    const { StuckWatch } = await import('../../engine/liveness/stuck.ts');
    const { folder } = workspace;
    const follower = owned.add(new StateFollower({ folder, recover: false }));
    await follower.start();
    if (owned.isDisposed) return;
    const watch = owned.add(new StuckWatch({ folder, follower }));
    owned.add(
      watch.onDidChange((verdicts) =>
        reporter.stuck(verdicts.filter((verdict) => verdict.execution === id)),
      ),
    );
  };
  const timer = setTimeout(() => {
    start().catch(() => {
      owned.dispose();
    });
  }, watchAfterMs);
  owned.add(
    toDisposable(() => {
      clearTimeout(timer);
    }),
  );
  return owned;
}
