/** What a reader knows at one moment, and how two such moments differ. */
import type { Execution, Timestamp } from '../../model/execution.ts';
import { newestFirst } from './join-executions.ts';

/** Why what is shown may be incomplete or late. */
export interface StoreTrouble {
  /** `newer-version`, `damaged`, `read-only`, `no-watch`, `full`, `storage` or another failure's code. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** Everything known at one moment. */
export interface StoreSnapshot {
  /** Newest first; an unchanged execution is the same object as in the snapshot before. */
  readonly executions: readonly Execution[];
  readonly revision: number;
  readonly trouble: StoreTrouble | null;
  /**
   * Ids of executions that are not over and whose journals are gone: somebody deleted or moved the folder, and their
   * runners wrote the view file anew.
   */
  readonly lost: readonly string[];
  readonly readAt: Timestamp;
}

/** A snapshot and how it differs from the one before. */
export interface StoreChange {
  readonly snapshot: StoreSnapshot;
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** The snapshot after `before`; objects of unchanged executions are taken over from it. */
export function nextSnapshot(
  before: StoreSnapshot,
  now: Omit<StoreSnapshot, 'readAt'> & { readonly wallMs: number },
): StoreChange {
  const known = new Map(before.executions.map((execution) => [execution.id, execution]));
  const changed: string[] = [];
  const executions = now.executions
    .map((execution) => {
      const old = known.get(execution.id);
      known.delete(execution.id);
      if (old !== undefined && isUnchanged(old, execution)) return old;
      changed.push(execution.id);
      return execution;
    })
    .sort(newestFirst);
  const readAt = new Date(now.wallMs).toISOString();
  const { revision, trouble, lost } = now;
  return {
    snapshot: { executions, revision, trouble, lost, readAt },
    changed,
    removed: [...known.keys()],
  };
}

/** Whether a change is worth to be told. */
export function isDifferent(before: StoreSnapshot, change: StoreChange): boolean {
  return (
    change.changed.length > 0 ||
    change.removed.length > 0 ||
    change.snapshot.lost.some((id) => !before.lost.includes(id)) ||
    before.trouble?.code !== change.snapshot.trouble?.code ||
    before.trouble?.message !== change.snapshot.trouble?.message
  );
}

/** The same record; the time of the last output is not part of the record. */
function isUnchanged(a: Execution, b: Execution): boolean {
  if (a === b) return true;
  return (
    a.epoch === b.epoch &&
    a.seq === b.seq &&
    a.status === b.status &&
    a.tasks.length === b.tasks.length &&
    a.tasks.every((task, index) => {
      const other = b.tasks[index];
      return task.lastOutputAt === other?.lastOutputAt && task.status === other.status;
    })
  );
}
