/** What the processes of a storm are told, and what they tell, one JSON line each. */
import type { Owner } from '../../../src/model/execution.ts';

/** The argument of a process. */
export interface ActorTask {
  readonly role: 'writer' | 'reader';
  readonly workspace: string;
  /** Unique in a storm: part of every id and token. */
  readonly name: string;
  readonly seed: number;
  /** Who owns what a writer makes: a process that can be ended while the writer is only paused. */
  readonly owner: Owner;
  /** How wrong the wall clock of the process is. */
  readonly clockOffsetMs: number;
}

/** A line of a process. */
export type Telling =
  | { readonly type: 'ready' }
  /** A commit came back: these tokens are at these places. */
  | {
      readonly type: 'acknowledged';
      readonly id: string;
      readonly epoch: number;
      readonly lastSeq: number;
      readonly tokens: readonly string[];
    }
  | { readonly type: 'refused'; readonly id: string; readonly code: string; readonly why: string }
  /** Looks at the view file and at the snapshot since the last such line. */
  | { readonly type: 'reads'; readonly count: number }
  /** A view file that is no JSON; whoever put such a thing there knows its hash. */
  | { readonly type: 'unreadable'; readonly hash: string; readonly size: number }
  | { readonly type: 'regressed'; readonly id: string; readonly what: string }
  | { readonly type: 'vanished'; readonly id: string; readonly what: string }
  | { readonly type: 'crashed'; readonly why: string };
