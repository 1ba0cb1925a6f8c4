import type { Disposable, Event } from '../../model/disposable.ts';
import type { ExecutionEvent } from '../../model/events.ts';
import type { Execution, Trigger } from '../../model/execution.ts';
import type { Clock, Log } from '../ports.ts';

/** What the engine must know about its surroundings; the same for every execution of a workspace. */
export interface EngineOptions {
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  /** Relative to the workspace, or absolute; default `.agent-executor`. */
  readonly stateFolder?: string;
  /** Relative to the workspace; default `workflows`. */
  readonly workflowsFolder?: string;
  /** Agent id, or path of a workflow file; default the agent `fallback`; `''` is none. */
  readonly fallbackWorkflow?: string;
  /** Tasks at the same time where the workflow says nothing; 0 or absent is the number of cores. */
  readonly maxParallel?: number;
  /** How many finished executions the view file keeps. */
  readonly keep?: number;
  /** The default for tasks that say nothing. */
  readonly stuckAfterMs?: number;
  /** The user's environment: the lowest layer of what a task sees, and where secrets are looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Secrets by name; they win over the environment. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly log?: Log;
}

/** A wish to run an agent. */
export interface StartRequest {
  readonly agent: string;
  /** As given by the person; checked against the workflow's declarations. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly trigger: Trigger;
  /** Runs this task, what it needs, and the `finally` tasks only. */
  readonly to?: string;
  readonly parent?: { readonly execution: string; readonly task: string };
}

/** Which tasks of an execution that is over are run again; without `tasks`, all that `why` stands for. */
export interface RestartRequest {
  readonly id: string;
  readonly why: 'retry' | 'resume';
  readonly by: string;
  readonly tasks?: readonly string[];
}

/** What was made durable together, and the execution after it. */
export interface ExecutionChange {
  readonly events: readonly ExecutionEvent[];
  readonly execution: Execution;
}

/** An execution that this process owns. */
export interface RunningExecution extends Disposable {
  readonly id: string;
  /** As it is now. */
  readonly execution: Execution;
  /** Fires after each commit. Nothing fires before the turn in which `startExecution` resolves is over. */
  readonly onEvent: Event<ExecutionChange>;
  /** Resolves (never rejects) when the execution is over, its processes are gone and the view file says so. */
  readonly finished: Promise<Execution>;
  /** Stops it: softly the first time, at once the second. Does nothing when it is over. */
  cancel(by: string): void;
  /** Gives up without a record: kills the processes and lets go. For a process that must end now. */
  dispose(): void;
}
