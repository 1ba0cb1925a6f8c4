import type { ExecutionStatus } from '../../model/status.ts';

/**
 * What the editor hands to the commands of its context menu for an element, as `data-vscode-context`; the `when` clauses of
 * package.json read the same names. A key of an execution is its folder, a space and its id.
 */
export function menuContext(
  key: string,
  id: string,
  status: ExecutionStatus,
  task: string | null = null,
  /** The key of the other one of the two executions that are marked. */
  other: string | null = null,
): string {
  return JSON.stringify({
    webviewSection: task === null ? 'execution' : 'task',
    executionStatus: status,
    folder: key.slice(0, Math.max(0, key.length - id.length - 1)),
    execution: id,
    ...(task === null ? {} : { task }),
    ...(other === null ? {} : { isPair: true, other: partsOf(other) }),
    preventDefaultContextMenuItems: true,
  });
}

function partsOf(key: string): { readonly folder: string; readonly execution: string } {
  const space = key.lastIndexOf(' ');
  return { folder: key.slice(0, Math.max(0, space)), execution: key.slice(space + 1) };
}
