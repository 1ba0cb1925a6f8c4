import type { Expressions } from '../analyze-expressions.ts';
import type { ExpandedMatrix } from '../expand-matrix.ts';
import type { Reporter } from '../reporter.ts';
import type { TaskGraph } from '../task-graph.ts';
import type { WorkflowSource } from '../workflow-source.ts';

/** What a rule looks at. */
export interface RuleInput {
  readonly source: WorkflowSource;
  readonly expressions: Expressions;
  readonly graph: TaskGraph;
  /** By task id; only tasks with a matrix. */
  readonly matrices: ReadonlyMap<string, ExpandedMatrix>;
}

/** One thing that is checked, over a whole file. */
export interface Rule {
  /** The codes of its diagnostics. */
  readonly codes: readonly string[];
  readonly check: (input: RuleInput, reporter: Reporter) => void;
}
