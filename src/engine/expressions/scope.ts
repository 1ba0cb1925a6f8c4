import type { InputValue, MatrixValue } from '../../model/workflow.ts';

/** What an expression can see of a task that is over. */
export interface TaskFacts {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly 'exit-code': number | null;
  readonly attempt: number;
}

/** The values behind the contexts of an expression. */
export interface ExpressionScope {
  readonly inputs: Readonly<Record<string, InputValue | null>>;
  readonly env: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly matrix: Readonly<Record<string, MatrixValue>> | null;
  readonly tasks: Readonly<Record<string, TaskFacts>>;
  readonly execution: { readonly id: string; readonly agent: string; readonly attempt: number };
  readonly workspace: string;
  /** What `success()`, `failure()` and `cancelled()` answer; after a skipped need all three are false. */
  readonly status: 'success' | 'failure' | 'cancelled' | 'skipped';
}
