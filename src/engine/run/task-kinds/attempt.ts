import type { Disposable } from '../../../model/disposable.ts';
import { formatDuration } from '../../../model/duration.ts';
import type { Result } from '../../../model/result.ts';
import type { FailureReason } from '../../../model/status.ts';
import type { TaskSpec } from '../../../model/workflow.ts';
import type { ExpressionScope } from '../../expressions/scope.ts';
import type { Clock } from '../../ports.ts';
import type { RunningExecution } from '../engine-options.ts';
import type { TaskStarter } from '../processes/task-starter.ts';
import type { ShellFinder } from './shells.ts';

/** Why an attempt is told to stop. The first one is the reason of its end; `kill` after another only hurries. */
export type StopCause = 'cancel' | 'timeout' | 'kill';

/** How an attempt ended. */
export interface AttemptEnd {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What all attempts of an execution share. */
export interface Surroundings {
  readonly workspace: string;
  readonly executionId: string;
  /** Absolute path of the execution's folder. */
  readonly folder: string;
  /** User, dotenv and workflow `env`, layered. */
  readonly environment: Readonly<Record<string, string>>;
  /** What is hidden in logs, outputs and messages. */
  readonly secretWords: readonly string[];
  readonly shells: ShellFinder;
  /** Disposed with the execution. */
  readonly starter: TaskStarter;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** Runs another agent as a child of a task of this execution. */
  readonly runChild: (request: ChildRequest) => Promise<Result<RunningExecution>>;
}

/** What a `uses` task asks for. */
export interface ChildRequest {
  readonly uses: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly task: string;
  /** The child of an earlier attempt, to be run again instead of a new one; null when there was none. */
  readonly earlier: string | null;
}

/** One attempt that is to begin. */
export interface AttemptPlan {
  readonly surroundings: Surroundings;
  readonly spec: TaskSpec;
  readonly task: string;
  readonly attempt: number;
  /** Absolute path of its log. */
  readonly logFile: string;
  /** The child execution of the attempt before this one. */
  readonly earlierChild: string | null;
  /** What its expressions see; `env` is the task's own where it is given. */
  readonly scope: (env?: Readonly<Record<string, string>>) => ExpressionScope;
  /** Called at most once, when the attempt's process exists; `startTime` tells it from others with its pid. */
  readonly onSpawned: (pid: number, startTime: string | null) => void;
  /** Called at most once, when the child execution exists. */
  readonly onChild: (id: string) => void;
  /** Called exactly once, never before the start has returned, unless the attempt is disposed. */
  readonly onEnd: (end: AttemptEnd) => void;
}

/** An attempt that runs. Disposing kills what it started and lets go: `onEnd` is not called any more. */
export interface RunningAttempt extends Disposable {
  stop(cause: StopCause): void;
}

/** One whose process exists and is not its program yet. To be let go, or disposed, once. */
export interface HeldAttempt extends RunningAttempt {
  letGo(): void;
}

/** An end without outputs. */
export function failedEnd(
  reason: FailureReason,
  message: string,
  details: { readonly exitCode?: number | null; readonly signal?: string | null } = {},
): AttemptEnd {
  return {
    status: 'failed',
    reason,
    message,
    exitCode: details.exitCode ?? null,
    signal: details.signal ?? null,
    outputs: {},
  };
}

/** The end of an attempt that somebody stopped. */
export function stoppedEnd(
  cause: StopCause,
  details: {
    readonly timeoutMs: number | null;
    readonly exitCode?: number | null;
    readonly signal?: string | null;
  },
): AttemptEnd {
  if (cause === 'timeout') {
    return failedEnd(
      'timeout',
      `ran longer than its timeout of ${formatDuration(details.timeoutMs ?? 0)}`,
      details,
    );
  }
  return {
    status: 'cancelled',
    reason: null,
    message: cause === 'kill' ? 'was killed' : 'was cancelled while it ran',
    exitCode: details.exitCode ?? null,
    signal: details.signal ?? null,
    outputs: {},
  };
}
