/** Follows a state folder: what windows and `watch` show. */
import type { Disposable, Event } from '../../model/disposable.ts';
import type { Execution, Timestamp } from '../../model/execution.ts';
import type { Result } from '../../model/result.ts';
import type { Clock, Log } from '../ports.ts';
import type { StateFolder } from './state-folder.ts';

/** Why what is shown may be incomplete or late. */
export interface StoreTrouble {
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
  readonly readAt: Timestamp;
}

/** A snapshot and how it differs from the one before. */
export interface StoreChange {
  readonly snapshot: StoreSnapshot;
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What a follower needs. */
export interface StateFollowerOptions {
  readonly folder: StateFolder;
  readonly clock?: Clock;
  readonly log?: Log;
  /** The safety poll; default 2000. */
  readonly pollMs?: number;
  /** Whether executions of dead owners are marked interrupted; default true. */
  readonly recover?: boolean;
}

/** Keeps a snapshot current. Trouble is part of the snapshot, never thrown. */
export class StateFollower implements Disposable {
  constructor(_options: StateFollowerOptions) {
    throw new Error('not there yet');
  }

  /** Starts to watch and ends with the first snapshot. */
  start(): Promise<StoreSnapshot> {
    throw new Error('not there yet');
  }

  /** The newest snapshot. */
  get snapshot(): StoreSnapshot {
    throw new Error('not there yet');
  }

  /** After every difference. */
  get onDidChange(): Event<StoreChange> {
    throw new Error('not there yet');
  }

  /** Reads again now. */
  refresh(): Promise<StoreSnapshot> {
    throw new Error('not there yet');
  }

  /** Changes the safety poll. */
  setPollMs(_ms: number): void {
    throw new Error('not there yet');
  }

  dispose(): void {
    throw new Error('not there yet');
  }
}

/** One snapshot for `list` and `show`: no watcher, but executions of dead owners are still marked interrupted. */
export function readSnapshot(_folder: StateFolder): Promise<StoreSnapshot> {
  throw new Error('not there yet');
}

/** Deletes finished executions with their logs; others are left alone. Returns how many are gone. Codes: `storage`, `newer-version`, `locked`. */
export function removeExecutions(
  _folder: StateFolder,
  _ids: readonly string[],
): Promise<Result<number>> {
  throw new Error('not there yet');
}
