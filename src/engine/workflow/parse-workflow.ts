import type { Diagnostic, SourceRange } from '../../model/diagnostic.ts';
import type { Workflow } from '../../model/workflow.ts';
import type { UsesTarget } from './uses-target.ts';

/** A workflow text after reading and checking it. */
export interface ParsedWorkflow {
  /** Null when any diagnostic is an error. */
  readonly workflow: Workflow | null;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Task id to the range of its key; also in a file with errors, as far as it can be read. */
  readonly taskRanges: ReadonlyMap<string, SourceRange>;
}

/** Which file a text belongs to, and how to find what it `uses`. Without `resolveUses` that is not checked. */
export interface ParseContext {
  readonly agent: string;
  readonly path: string;
  readonly resolveUses?: (uses: string) => UsesTarget;
}

/** Reads and validates a workflow text. Synchronous, without I/O of its own, never throws. */
export function parseWorkflow(_text: string, _context: ParseContext): ParsedWorkflow {
  throw new Error('not yet');
}
