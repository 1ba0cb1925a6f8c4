import { noteFinished } from '../../engine/history/note-finished.ts';
import type { RunningExecution } from '../../engine/run/engine-options.ts';
import { DisposableStore, toDisposable, type Disposable } from '../../model/disposable.ts';
import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { exitStatus, exitStatusOf } from '../exit-status.ts';
import { onInterrupt } from './interrupts.ts';
import { createJsonReporter } from './json-reporter.ts';
import { createLiveReporter } from './live-reporter.ts';
import type { Workspace } from '../open-workspace.ts';
import { createPlainReporter } from './plain-reporter.ts';
import type { RunLog } from './run-log.ts';
import type { RunReporter } from './run-reporter.ts';
import type { Terminal } from '../terminal.ts';
import { userName } from '../user-name.ts';

/** How the run is shown. */
export interface FollowOptions {
  readonly terminal: Terminal;
  readonly workspace: Workspace;
  readonly isJson: boolean;
  /** Where the engine complains. */
  readonly log: RunLog;
}

/** Shows an execution of this process until it is over; Ctrl-C cancels it, again kills it. The value is the exit status. */
export async function followRun(
  running: RunningExecution,
  { terminal, workspace, isJson, log }: FollowOptions,
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
  if (terminal.canRedraw && !isJson) {
    log.tellBy((text) => {
      reporter.notice(text);
    });
  }
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
  if (!isJson) owned.add(watchStuck(workspace, running, reporter));
  try {
    const finished = await running.finished;
    await reporter.finish(finished);
    await noteFinished(folder, running.id);
    return exitStatusOf(finished);
  } finally {
    owned.dispose();
  }
}

const isOver = ({ status }: Execution): boolean => isExecutionOver(status);

/** Nothing is stuck before this, and short runs should not pay for the watch. */
const watchAfterMs = 3000;

/** Hands the stuck verdicts on one execution to the reporter. Trouble with watching is not worth a run. */
function watchStuck(
  { folder }: Workspace,
  running: RunningExecution,
  reporter: RunReporter,
): Disposable {
  const owned = new DisposableStore();
  const start = async (): Promise<void> => {
    const { ViewReader } = await import('../../engine/store/view-reader.ts');
    const { StuckWatch } = await import('../../engine/liveness/stuck.ts');
    const { readPastRuns } = await import('../../engine/history/read-past-runs.ts');
    if (owned.isDisposed) return;
    // Our own state is here. Reading it back from the disk, now or after each change, would be work that grows with it.
    const { view } = new ViewReader(folder).read();
    // What has been tells how long tasks usually take.
    const past = 'executions' in view ? view.executions.filter(isOver) : [];
    const readAt = new Date().toISOString();
    const follower = {
      get snapshot() {
        const executions = [running.execution, ...past];
        return { executions, revision: 0, trouble: null, lost: [], readAt };
      },
      onDidChange: () => toDisposable(() => undefined),
    };
    const older = (agent: string) => readPastRuns(folder, agent);
    const watch = owned.add(new StuckWatch({ folder, follower, past: older }));
    owned.add(
      watch.onDidChange((verdicts) =>
        reporter.stuck(verdicts.filter((verdict) => verdict.execution === running.id)),
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
