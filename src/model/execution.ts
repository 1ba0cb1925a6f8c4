/** The shape of an execution in `task-executions.json`, in `show --json` and in memory: the same everywhere. */
import type { ExecutionStatus, FailureReason, TaskStatus } from './status.ts';
import type { InputValue, MatrixValue, TaskKind } from './workflow.ts';

/** ISO 8601, UTC, milliseconds: `2026-11-22T14:15:03.123Z`. */
export type Timestamp = string;

/** Who or what started an execution. */
export interface Trigger {
  readonly kind: 'manual' | 'workflow' | 'task' | 'api';
  readonly source: 'vscode' | 'cli' | 'api' | 'workflow';
}

/** The process that owns an execution. Alive is proved by pid AND start time AND boot AND pid namespace. */
export interface Owner {
  readonly pid: number;
  /** The process start time in the platform's own words (Linux: clock ticks since boot), or null where it cannot be read. */
  readonly startTime: string | null;
  readonly host: string;
  /** Identifies one boot of the machine; null where it cannot be read. */
  readonly boot: string | null;
  /** The pid namespace (Linux), so that containers that share a boot are told apart; null elsewhere. */
  readonly pidNamespace: string | null;
}

/** One try of a task. `log` is relative to the state folder, with `/`. */
export interface Attempt {
  readonly attempt: number;
  readonly status: TaskStatus;
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly startedAt: Timestamp;
  readonly finishedAt: Timestamp | null;
  readonly log: string;
  /** The task's process while it runs; stays for the record. */
  readonly pid: number | null;
  readonly processStartTime: string | null;
}

/** A decision of a person on an approval. */
export interface Approval {
  readonly decision: 'approved' | 'rejected';
  readonly by: string;
  readonly at: Timestamp;
}

/** A task of an execution; a matrix task appears once per combination (`build (linux)`, group `build`). */
export interface TaskExecution {
  readonly id: string;
  readonly name: string;
  readonly kind: TaskKind;
  readonly group: string | null;
  readonly matrix: Readonly<Record<string, MatrixValue>> | null;
  /** Ids of tasks in this execution (matrix needs are expanded to their combinations). */
  readonly needs: readonly string[];
  readonly isFinally: boolean;
  readonly continueOnError: boolean;
  readonly status: TaskStatus;
  readonly reason: FailureReason | null;
  readonly message: string | null;
  /** The newest attempt's number; 0 before the first. */
  readonly attempt: number;
  readonly attempts: readonly Attempt[];
  readonly startedAt: Timestamp | null;
  readonly finishedAt: Timestamp | null;
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** When the newest attempt last wrote to its log, as the owner saw it; null before any. */
  readonly lastOutputAt: Timestamp | null;
  /** While `retrying`: when the next attempt starts. */
  readonly nextAttemptAt: Timestamp | null;
  /** While `waiting` for a person: what is asked. */
  readonly question: string | null;
  readonly approval: Approval | null;
  /** The execution that runs for a `uses` task. */
  readonly child: string | null;
  readonly timeoutMs: number | null;
  readonly stuckAfterMs: number | null;
}

/** What another process asked of the owner and was accepted. */
export interface AcceptedRequest {
  readonly type: 'cancel' | 'kill';
  readonly by: string;
  readonly at: Timestamp;
}

/** What was checked out when an execution was created. */
export interface GitState {
  /** Null when no branch was. */
  readonly branch: string | null;
  /** All of its hexadecimal digits; null before the first commit, and where it could not be read. */
  readonly commit: string | null;
}

/** One run of an agent. */
export interface Execution {
  readonly id: string;
  readonly agent: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly reason: FailureReason | null;
  readonly message: string | null;
  readonly trigger: Trigger;
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly workflow: { readonly path: string; readonly hash: string | null };
  /** Absent where the workspace is in no git repository, and in records of earlier versions. */
  readonly git?: GitState;
  readonly createdAt: Timestamp;
  readonly startedAt: Timestamp | null;
  readonly finishedAt: Timestamp | null;
  /** 1, and one more with each retry or resume. */
  readonly attempt: number;
  readonly parent: { readonly execution: string; readonly task: string } | null;
  readonly owner: Owner | null;
  readonly fallback: { readonly for: string; readonly reason: string } | null;
  readonly request: AcceptedRequest | null;
  readonly concurrency: { readonly group: string; readonly onConflict: string } | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly tasks: readonly TaskExecution[];
  /** The journal's epoch and last record: the higher (epoch, seq) is the newer truth. */
  readonly epoch: number;
  readonly seq: number;
}

/** The view file. Unknown fields of other writers are carried along by the store. */
export interface ViewFile {
  readonly version: 1;
  readonly revision: number;
  readonly executions: readonly Execution[];
}

/** A verdict with evidence; derived by readers, never stored as a status. */
export interface StuckVerdict {
  readonly kind: 'silent-task' | 'owner-silent' | 'cancel-slow';
  readonly execution: string;
  readonly task: string | null;
  readonly since: Timestamp;
  /** In words: "no output for 2 m 10 s; process 4711 alive, idle". */
  readonly evidence: string;
}

/** What a process may ask of the owner of an execution, through its inbox. */
export interface ExecutionRequest {
  readonly id: string;
  readonly type: 'cancel' | 'kill' | 'approve' | 'reject';
  /** The task it is about; null is the whole execution (for an approval: the only one that waits). */
  readonly task: string | null;
  readonly by: string;
  readonly at: Timestamp;
}
