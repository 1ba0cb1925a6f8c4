/**
 * A workflow after validation: long forms only, defaults applied, durations in milliseconds.
 * Text that may hold `${{ }}` is kept as written and evaluated when it is needed (`Template`).
 */

/** Text as written in the file; may contain `${{ expressions }}`. */
export type Template = string;

/** The value of an input, as in JSON. */
export type InputValue = string | number | boolean;

/** A declared input of a workflow. `options` only for `choice`. */
export interface InputSpec {
  readonly name: string;
  readonly type: 'string' | 'number' | 'boolean' | 'choice' | 'file';
  readonly required: boolean;
  readonly description: string | null;
  readonly default: InputValue | null;
  /** A regular expression (source) that the whole text must match. */
  readonly pattern: string | null;
  readonly options: readonly string[];
}

/** Extra attempts after a failed one. `max` counts the EXTRA attempts; 0 means none. */
export interface RetrySpec {
  readonly max: number;
  readonly delayMs: number;
  readonly backoff: 'constant' | 'exponential';
  readonly factor: number;
  readonly maxDelayMs: number;
  readonly jitter: boolean;
  /** Which failures are retried: a reason or an exit code; null is every failure. */
  readonly on: readonly (string | number)[] | null;
}

/** The shells a `run` task may name. */
export const shells = ['bash', 'sh', 'zsh', 'pwsh', 'cmd', 'python', 'node'] as const;
export type Shell = (typeof shells)[number];

/** What a task does: exactly one kind. */
export type TaskAction = RunAction | UsesAction | ApprovalAction | HttpAction;

/** A script for a shell; null means the platform's default shell. */
export interface RunAction {
  readonly kind: 'run';
  readonly run: Template;
  readonly shell: Shell | null;
}

/** Another agent as one task. `uses` as written; resolved from the file it stands in. */
export interface UsesAction {
  readonly kind: 'uses';
  readonly uses: string;
  readonly with: Readonly<Record<string, Template | InputValue>>;
}

/** A question to a person. */
export interface ApprovalAction {
  readonly kind: 'approval';
  readonly message: Template;
  readonly timeoutMs: number | null;
}

/** One HTTP request. `expectStatus` null means any 2xx. */
export interface HttpAction {
  readonly kind: 'http';
  readonly method: string;
  readonly url: Template;
  readonly headers: Readonly<Record<string, Template>>;
  readonly body: Template | null;
  readonly expectStatus: readonly number[] | null;
}

export type TaskKind = TaskAction['kind'];

/** One cell value of a matrix. */
export type MatrixValue = string | number | boolean | null;

/** Already expanded: one entry per combination, in order (include and exclude applied). */
export interface MatrixSpec {
  readonly combinations: readonly Readonly<Record<string, MatrixValue>>[];
  readonly maxParallel: number | null;
  readonly failFast: boolean;
}

/** A task of a workflow file. A matrix task stands for all its combinations. */
export interface TaskSpec {
  readonly id: string;
  readonly name: string | null;
  readonly needs: readonly string[];
  /** True for the tasks under `finally`. */
  readonly isFinally: boolean;
  /** The `if` expression without `${{ }}`; null is `success()`. */
  readonly condition: string | null;
  readonly action: TaskAction;
  readonly env: Readonly<Record<string, Template>>;
  /** Relative to the workspace folder. */
  readonly workingDirectory: Template | null;
  readonly timeoutMs: number | null;
  readonly retry: RetrySpec;
  readonly continueOnError: boolean;
  readonly stuckAfterMs: number | null;
  readonly matrix: MatrixSpec | null;
  /** True when the author says that running it twice does no harm. */
  readonly idempotent: boolean;
}

/** What happens when another execution of the same group is active. */
export interface ConcurrencySpec {
  readonly group: Template;
  readonly onConflict: 'queue' | 'cancel' | 'fail';
}

/** A whole valid workflow. `tasks` in file order, `finally` tasks last. */
export interface Workflow {
  /** Agent id: path under the workflows folder without extension, with `/`. */
  readonly agent: string;
  /** Path of the file relative to the workspace folder, with `/`. */
  readonly path: string;
  readonly name: string;
  readonly description: string | null;
  readonly inputs: readonly InputSpec[];
  readonly env: Readonly<Record<string, Template>>;
  readonly dotenv: readonly string[];
  readonly secrets: readonly string[];
  readonly timeoutMs: number | null;
  readonly maxParallel: number | null;
  readonly failFast: boolean;
  readonly concurrency: ConcurrencySpec | null;
  readonly tasks: readonly TaskSpec[];
  readonly outputs: Readonly<Record<string, Template>>;
}
