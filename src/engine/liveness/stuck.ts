/** Finds what does not move, with evidence. A verdict is derived, never stored, and ends by itself. */
import type { Disposable, Event } from '../../model/disposable.ts';
import type { Execution, StuckVerdict } from '../../model/execution.ts';
import type { Clock } from '../ports.ts';
import type { StateFollower } from '../store/state-follower.ts';
import type { StateFolder } from '../store/state-folder.ts';

/** What was observed of a running task. */
export interface TaskFacts {
  /** For how long nothing was written to its log, by the observer's own clock. */
  readonly silentMs: number;
  /** For how long its process tree used no CPU; null where that cannot be read. */
  readonly idleMs: number | null;
  readonly pid: number | null;
  readonly isProcessAlive: boolean | null;
}

/** What a verdict is based on. */
export interface StuckFacts {
  readonly wallMs: number;
  /** For a task that says nothing of its own. */
  readonly stuckAfterMs: number;
  readonly tasks: ReadonlyMap<string, TaskFacts>;
  /** For how long the owner gave no sign of life; null when it is not known. */
  readonly ownerSilentMs: number | null;
  /** For how long the execution has been cancelling, by the observer's own clock; null when it is not. */
  readonly cancellingMs: number | null;
}

/** The verdicts on one execution. Pure. */
export function judgeStuck(_execution: Execution, _facts: StuckFacts): readonly StuckVerdict[] {
  throw new Error('not there yet');
}

/** Watches the running tasks of a follower's executions. */
export class StuckWatch implements Disposable {
  constructor(_options: {
    readonly folder: StateFolder;
    readonly follower: StateFollower;
    readonly clock?: Clock;
    readonly stuckAfterMs?: number;
  }) {
    throw new Error('not there yet');
  }

  /** What stands now. */
  get verdicts(): readonly StuckVerdict[] {
    throw new Error('not there yet');
  }

  /** After every difference. */
  get onDidChange(): Event<readonly StuckVerdict[]> {
    throw new Error('not there yet');
  }

  dispose(): void {
    throw new Error('not there yet');
  }
}
