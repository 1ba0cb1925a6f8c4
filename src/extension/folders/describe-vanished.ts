import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';

/**
 * What to tell when executions left the records without having ended, which happens only when somebody deletes or moves
 * the state folder; null when nothing of that kind happened. `removed` as they were known last.
 */
export function describeVanished(
  removed: readonly Execution[],
  stateFolder: string,
): string | null {
  const active = removed.filter(({ status }) => !isExecutionOver(status));
  const [first] = active;
  if (first === undefined) return null;
  const others = active.length - 1;
  const more = others === 0 ? '' : ` and ${String(others)} more`;
  const verb = others === 0 ? 'was' : 'were';
  return `${first.name}${more} ${verb} running when the records were deleted or moved. What runs goes on, but its history and logs may be lost. They were in ${stateFolder}.`;
}
