import type { Execution } from '../../model/execution.ts';
import { isExecutionOver } from '../../model/status.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/**
 * What to tell when executions left the records without having ended, which happens only when somebody deletes or moves
 * the state folder; null when nothing of that kind happened. `removed` as they were known last.
 */
export function describeVanished(
  removed: readonly Execution[],
  stateFolder: string,
  t: Translate = inEnglish,
): string | null {
  const active = removed.filter(({ status }) => !isExecutionOver(status));
  const [first] = active;
  if (first === undefined) return null;
  const others = active.length - 1;
  const what =
    others === 0
      ? t('{0} was running when the records were deleted or moved.', first.name)
      : t(
          '{0} and {1} more were running when the records were deleted or moved.',
          first.name,
          others,
        );
  const then = t(
    'What runs goes on, but its history and logs may be lost. They were in {0}.',
    stateFolder,
  );
  return `${what} ${then}`;
}
