import type { Execution, Timestamp } from '../../model/execution.ts';
import type { FolderState } from '../folder-state.ts';
import { inEnglish, type Translate } from '../../model/translate.ts';

/** The number on the view's icon, and what it counts. */
export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/** What has been seen: everything that ended by `until`, and the verdicts of `verdicts`. */
export interface Seen {
  readonly until: Timestamp;
  readonly verdicts: ReadonlySet<string>;
}

/** Failures and stuck tasks that nobody has seen yet; null when there are none. */
export function decideBadge(
  folders: readonly FolderState[],
  seen: Seen,
  t: Translate = inEnglish,
): Badge | null {
  let failed = 0;
  for (const folder of folders) {
    failed += folder.executions.filter((execution) => isBadSince(execution, seen.until)).length;
  }
  const stuck = verdictKeys(folders).filter((key) => !seen.verdicts.has(key)).length;
  if (failed + stuck === 0) return null;
  const parts = [
    ...(failed > 0 ? [t('{0} failed', failed)] : []),
    ...(stuck > 0 ? [t('{0} stuck', stuck)] : []),
  ];
  return { value: failed + stuck, tooltip: t('{0} since you last looked', parts.join(', ')) };
}

/** Whether it matters later that all was seen: nothing went wrong since what is kept, so it says the same. */
export function isWorthKeeping(
  folders: readonly FolderState[],
  keptUntil: Timestamp | undefined,
): boolean {
  return (
    keptUntil === undefined ||
    folders.some(({ executions }) =>
      executions.some((execution) => isBadSince(execution, keptUntil)),
    )
  );
}

/** Everything there is now, as seen. */
export function seeAll(folders: readonly FolderState[], now: Timestamp): Seen {
  const ends = folders.flatMap((folder) =>
    folder.executions.flatMap(({ finishedAt }) => (finishedAt === null ? [] : [finishedAt])),
  );
  // Another machine's clock may be ahead of ours.
  const until = ends.reduce((latest, at) => (at > latest ? at : latest), now);
  return { until, verdicts: new Set(verdictKeys(folders)) };
}

function isBadSince({ status, finishedAt, parent }: Execution, since: Timestamp): boolean {
  const isBad = status === 'failed' || status === 'interrupted';
  return isBad && parent === null && finishedAt !== null && finishedAt > since;
}

function verdictKeys(folders: readonly FolderState[]): readonly string[] {
  return folders.flatMap((folder) =>
    folder.verdicts.map(
      (verdict) => `${folder.key}/${verdict.execution}/${verdict.task ?? ''}/${verdict.kind}`,
    ),
  );
}
