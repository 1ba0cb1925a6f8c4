import type { Execution } from '../../model/execution.ts';
import type { ExpressionScope, TaskFacts } from '../expressions/scope.ts';
import type { StatusBefore, TaskEnd } from './schedule.ts';

/** How a task ended, for the expressions of others. */
export interface TaskResult {
  readonly status: TaskEnd;
  readonly outputs: Readonly<Record<string, string>>;
  readonly exitCode: number | null;
  readonly attempt: number;
}

/**
 * What the expressions of an execution can see. It runs ahead of what is durable: the results of tasks that ended
 * together are needed to decide what starts next, and both are made durable in one go.
 */
export class ExecutionFacts {
  // Without a prototype: `__proto__` is a legal id.
  readonly #tasks: Record<string, TaskFacts> = Object.create(null) as Record<string, TaskFacts>;
  readonly #execution: Pick<Execution, 'id' | 'agent' | 'attempt' | 'inputs'>;
  readonly #workspace: string;
  readonly #secrets: Readonly<Record<string, string>>;
  #env: Readonly<Record<string, string>> = {};

  constructor(options: {
    readonly execution: Execution;
    readonly workspace: string;
    readonly secrets: Readonly<Record<string, string>>;
  }) {
    // Not the whole: its tasks as they were before anything ran would be kept for as long as it runs.
    const { id, agent, attempt, inputs } = options.execution;
    this.#execution = { id, agent, attempt, inputs };
    this.#workspace = options.workspace;
    this.#secrets = options.secrets;
  }

  /** Sets what the `env` context of every task holds: dotenv and the workflow's `env`. */
  setEnv(env: Readonly<Record<string, string>>): void {
    this.#env = env;
  }

  /** Notes the end of a task. A matrix task is there under its own id too: as one result of all combinations. */
  record(id: string, group: string | null, result: TaskResult): void {
    const facts: TaskFacts = {
      status: result.status,
      outputs: result.outputs,
      'exit-code': result.exitCode,
      attempt: result.attempt,
    };
    this.#tasks[id] = facts;
    if (group === null) return;
    const others = this.#tasks[group];
    this.#tasks[group] = others === undefined ? facts : joinFacts(others, facts);
  }

  /** How a task ended; undefined while it is not over. */
  statusOf(id: string): string | undefined {
    return this.#tasks[id]?.status;
  }

  /** The scope of one evaluation. */
  scope(
    options: {
      readonly matrix?: ExpressionScope['matrix'];
      readonly env?: Readonly<Record<string, string>>;
      readonly status?: StatusBefore;
    } = {},
  ): ExpressionScope {
    const { id, agent, attempt, inputs } = this.#execution;
    return {
      inputs,
      env: options.env === undefined ? this.#env : { ...this.#env, ...options.env },
      secrets: this.#secrets,
      matrix: options.matrix ?? null,
      tasks: this.#tasks,
      execution: { id, agent, attempt },
      workspace: this.#workspace,
      status: options.status ?? 'success',
    };
  }
}

/** The worst status of all combinations; of outputs with one name the last that ended wins, as on GitHub. */
function joinFacts(a: TaskFacts, b: TaskFacts): TaskFacts {
  const worse = badness(b.status) > badness(a.status) ? b : a;
  return {
    status: worse.status,
    outputs: { ...a.outputs, ...b.outputs },
    'exit-code': worse['exit-code'],
    attempt: Math.max(a.attempt, b.attempt),
  };
}

const fromGoodToBad = ['succeeded', 'skipped', 'cancelled', 'interrupted', 'failed'];

function badness(status: string): number {
  return fromGoodToBad.indexOf(status);
}
