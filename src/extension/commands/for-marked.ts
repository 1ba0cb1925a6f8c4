import type { ExecutionRef, NodeRef } from '../folder-state.ts';
import type { Command } from './command-scope.ts';
import type { CommandForSeveral } from './run-for-several.ts';

/** A command for one execution that works on all marked rows of the executions view too. */
export function forMarked(name: CommandForSeveral, single: Command): Command {
  return async (scope, first, second) => {
    const refs = markedExecutions(first, second);
    if (refs.length < 2) return single(scope, first, second);
    const { runForSeveral } = await import('../tools/tools-entry.ts');
    return runForSeveral(scope, name, refs, single);
  };
}

/** The executions among the marked rows: what VS Code hands over beside the row that was clicked, where that is one. */
export function markedExecutions(clicked: unknown, rows: unknown): readonly ExecutionRef[] {
  if (!Array.isArray(rows) || refOf(clicked)?.kind !== 'execution') return [];
  return rows.flatMap((row: unknown) => {
    const ref = refOf(row);
    return ref?.kind === 'execution' ? [ref] : [];
  });
}

function refOf(row: unknown): NodeRef | null {
  if (typeof row !== 'object' || row === null || !('ref' in row)) return null;
  return (row as { readonly ref: NodeRef | null }).ref;
}
