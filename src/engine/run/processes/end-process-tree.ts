import type { Disposable } from '../../../model/disposable.ts';
import type { Clock } from '../../ports.ts';
import type { EndSignal, ProcessTree } from './process-tree.ts';

/** A signal and how long to wait for its effect. */
export interface EndStep {
  readonly signal: EndSignal;
  readonly graceMs: number;
}

/** What a cancel does. The last wait is for processes that even SIGKILL ends late (in a system call). */
export const softSteps: readonly EndStep[] = [
  { signal: 'SIGINT', graceMs: 5000 },
  { signal: 'SIGTERM', graceMs: 5000 },
  { signal: 'SIGKILL', graceMs: 2000 },
];

/** What a second cancel does. */
export const hardSteps: readonly EndStep[] = [{ signal: 'SIGKILL', graceMs: 2000 }];

/** For what a script left running in the background when it ended by itself. */
export const leftoverSteps: readonly EndStep[] = [
  { signal: 'SIGTERM', graceMs: 500 },
  { signal: 'SIGKILL', graceMs: 2000 },
];

/** When the tree is looked at again while it is being ended; doubled each time up to the limit. */
const firstLookMs = 20;
const slowestLookMs = 500;

/**
 * Ends a process tree step by step. `onGone` is called once: when nobody of the tree is left, or when the last step
 * did not help either. The returned handle can go over to harder steps; disposing lets go without a call.
 */
export function endProcessTree(options: {
  readonly tree: Pick<ProcessTree, 'signal' | 'isGone'>;
  readonly clock: Clock;
  readonly steps: readonly EndStep[];
  readonly onGone: () => void;
}): Disposable & { harden(): void } {
  const { tree, clock } = options;
  let timers: Disposable[] = [];
  let isOver = false;

  const clear = (): void => {
    for (const timer of timers) timer.dispose();
    timers = [];
  };
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    clear();
    options.onGone();
  };
  const lookAfter = (delayMs: number): Disposable =>
    clock.after(delayMs, () => {
      if (isOver) return;
      if (tree.isGone()) finish();
      else timers[1] = lookAfter(Math.min(delayMs * 2, slowestLookMs));
    });
  const take = (steps: readonly EndStep[]): void => {
    clear();
    const [step, ...rest] = steps;
    if (step === undefined) {
      finish();
      return;
    }
    tree.signal(step.signal);
    timers = [
      clock.after(step.graceMs, () => {
        if (!isOver) take(rest);
      }),
      lookAfter(firstLookMs),
    ];
  };

  take(options.steps);
  return {
    harden() {
      if (!isOver) take(hardSteps);
    },
    dispose() {
      isOver = true;
      clear();
    },
  };
}
