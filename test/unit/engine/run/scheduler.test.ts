import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SchedulerTask, StatusBefore, TaskEnd } from '../../../../src/engine/run/schedule.ts';
import { Scheduler } from '../../../../src/engine/run/scheduler.ts';

/** A task of a made-up execution, with how it behaves when it is asked or run. */
interface Sketch extends SchedulerTask {
  readonly outcome: 'succeeded' | 'failed';
  /** What its condition answers; only for tasks that have one. */
  readonly holds: (before: StatusBefore) => boolean;
}

const plain: Omit<Sketch, 'needs'> = {
  isFinally: false,
  continueOnError: false,
  takesSlot: true,
  condition: 'none',
  group: null,
  kept: null,
  outcome: 'succeeded',
  holds: (before) => before === 'success',
};

function task(needs: readonly number[], change: Partial<Sketch> = {}): Sketch {
  return { ...plain, needs, ...change };
}

interface Run {
  readonly ends: readonly (TaskEnd | undefined)[];
  readonly starts: readonly number[];
  readonly mostAtOnce: number;
}

/** Drives a scheduler to its end; `pick` says which of the running tasks ends next. */
function drive(
  tasks: readonly Sketch[],
  options: {
    readonly maxParallel?: number;
    readonly failFast?: boolean;
    readonly groups?: readonly {
      readonly maxParallel: number | null;
      readonly failFast: boolean;
    }[];
    readonly pick?: (count: number) => number;
    readonly beforeEnd?: (scheduler: Scheduler, ended: number) => void;
  } = {},
): Run {
  const scheduler = new Scheduler({
    tasks,
    groups: options.groups ?? [],
    maxParallel: options.maxParallel ?? 100,
    failFast: options.failFast ?? false,
  });
  const ends: (TaskEnd | undefined)[] = tasks.map(({ kept }) => kept ?? undefined);
  const running: number[] = [];
  const stopped = new Set<number>();
  const starts: number[] = [];
  let mostAtOnce = 0;
  let ended = 0;
  const end = (index: number, status: TaskEnd): void => {
    assert.equal(ends[index], undefined, `task ${String(index)} ended twice`);
    ends[index] = status;
  };
  const takeActions = (): void => {
    for (let next = scheduler.next(); next !== null; next = scheduler.next()) {
      const sketch = tasks[next.task]!;
      switch (next.type) {
        case 'decide':
          if (sketch.holds(next.before)) scheduler.admit(next.task);
          else {
            end(next.task, 'skipped');
            scheduler.end(next.task, 'skipped');
          }
          break;
        case 'start':
          for (const need of sketch.needs) assert.notEqual(ends[need], undefined);
          running.push(next.task);
          starts.push(next.task);
          mostAtOnce = Math.max(mostAtOnce, running.filter((one) => tasks[one]!.takesSlot).length);
          break;
        case 'drop':
          end(next.task, next.status);
          break;
        case 'stop':
          assert.ok(running.includes(next.task));
          stopped.add(next.task);
          break;
      }
    }
  };
  takeActions();
  for (;;) {
    if (!scheduler.isOver) options.beforeEnd?.(scheduler, ended);
    takeActions();
    if (scheduler.isOver) break;
    assert.ok(running.length > 0, 'nothing runs and it is not over');
    const [index] = running.splice(options.pick?.(running.length) ?? 0, 1);
    const status = stopped.has(index!) ? 'cancelled' : tasks[index!]!.outcome;
    end(index!, status);
    scheduler.end(index!, status);
    ended += 1;
    takeActions();
  }
  assert.deepEqual(running, []);
  return { ends, starts, mostAtOnce };
}

/** The slow oracle: each task's end from all its ancestors, without order, slots or counters. */
function expectedEnds(tasks: readonly Sketch[]): readonly TaskEnd[] {
  const ends: TaskEnd[] = [];
  const ancestors: Set<number>[] = [];
  for (const [index, sketch] of tasks.entries()) {
    const above = new Set(sketch.needs.flatMap((need) => [need, ...ancestors[need]!]));
    ancestors.push(above);
    const bad = [...above].filter(
      (one) =>
        ends[one] !== 'succeeded' && !(ends[one] === 'failed' && tasks[one]!.continueOnError),
    );
    let before: StatusBefore = 'success';
    if (bad.some((one) => ends[one] === 'failed')) before = 'failure';
    else if (bad.length > 0) before = 'skipped';
    const mainFailed = tasks.some(
      (one, place) => !one.isFinally && ends[place] === 'failed' && !one.continueOnError,
    );
    if (sketch.isFinally && sketch.condition === 'status' && mainFailed) before = 'failure';
    const runs =
      sketch.condition === 'none'
        ? before === 'success'
        : (sketch.condition === 'status' || before === 'success') && sketch.holds(before);
    ends[index] = runs ? sketch.outcome : 'skipped';
  }
  return ends;
}

const conditions: fc.Arbitrary<Pick<Sketch, 'condition' | 'holds'>> = fc.constantFrom(
  { condition: 'none' as const, holds: (before: StatusBefore) => before === 'success' },
  { condition: 'plain' as const, holds: () => true },
  { condition: 'plain' as const, holds: () => false },
  { condition: 'status' as const, holds: () => true },
  { condition: 'status' as const, holds: (before: StatusBefore) => before === 'failure' },
  { condition: 'status' as const, holds: (before: StatusBefore) => before === 'cancelled' },
);

/** Main tasks first, then `finally` tasks; needs point backwards and stay among their kind. */
const workflows: fc.Arbitrary<readonly Sketch[]> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 4 }))
  .chain(([main, last]) =>
    fc.tuple(
      ...Array.from({ length: main + last }, (_, index) => {
        const from = index < main ? 0 : main;
        const count = index - from;
        return fc.record({
          needs:
            count === 0
              ? fc.constant<number[]>([])
              : fc.uniqueArray(fc.integer({ min: from, max: index - 1 }), { maxLength: 3 }),
          condition: conditions,
          outcome: fc.constantFrom('succeeded' as const, 'succeeded' as const, 'failed' as const),
          continueOnError: fc.boolean(),
          takesSlot: fc.boolean(),
          isFinally: fc.constant(index >= main),
        });
      }),
    ),
  )
  .map((drawn) =>
    drawn.map(({ condition, ...rest }) => task(rest.needs, { ...rest, ...condition })),
  );

describe('the scheduler', () => {
  it('ends every task as a slow oracle says, in whatever order they end', () => {
    fc.assert(
      fc.property(
        workflows,
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat()),
        (tasks, maxParallel, picks) => {
          const run = drive(tasks, {
            maxParallel,
            pick: (count) => picks.next().value % count,
          });
          assert.deepEqual(run.ends, expectedEnds(tasks));
          assert.ok(run.mostAtOnce <= maxParallel);
          assert.ok(run.starts.every((one, at) => run.starts.indexOf(one) === at));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('ends every task exactly once when it is cancelled and killed at any moment', () => {
    fc.assert(
      fc.property(
        workflows,
        fc.nat({ max: 6 }),
        fc.nat({ max: 6 }),
        fc.constantFrom('cancel' as const, 'timeout' as const),
        fc.boolean(),
        (tasks, cancelAt, killAfter, kind, failFast) => {
          const run = drive(tasks, {
            maxParallel: 2,
            failFast,
            beforeEnd(scheduler, ended) {
              if (ended === cancelAt) scheduler.cancel(kind);
              if (ended === cancelAt + killAfter) scheduler.kill();
            },
          });
          assert.ok(run.ends.every((end) => end !== undefined));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('starts tasks in file order, as many as there are slots', () => {
    const run = drive([task([]), task([]), task([]), task([])], { maxParallel: 2 });
    assert.deepEqual(run.starts, [0, 1, 2, 3]);
    assert.equal(run.mostAtOnce, 2);
  });

  it('lets a failure reach through the whole chain, as on GitHub', () => {
    const always = { condition: 'status' as const, holds: () => true };
    const run = drive([task([], { outcome: 'failed' }), task([0], always), task([1])]);
    assert.deepEqual(run.ends, ['failed', 'succeeded', 'skipped']);
  });

  it('never runs more combinations of a matrix than it allows, and hands its places over', () => {
    const tasks = Array.from({ length: 6 }, () => task([], { group: 0 }));
    const run = drive(tasks, { groups: [{ maxParallel: 2, failFast: true }] });
    assert.equal(run.mostAtOnce, 2);
    assert.deepEqual(run.ends, Array(6).fill('succeeded'));
  });

  it('cancels the other combinations when one fails, those that run and those that wait', () => {
    const tasks = [
      task([], { group: 0, outcome: 'failed' }),
      task([], { group: 0 }),
      task([], { group: 0 }),
      task([0, 1, 2]),
      task([]),
    ];
    const run = drive(tasks, { groups: [{ maxParallel: 2, failFast: true }] });
    assert.deepEqual(run.ends, ['failed', 'cancelled', 'cancelled', 'skipped', 'succeeded']);
  });

  it('lets combinations go on without fail-fast, and where the failure does not count', () => {
    const failing = { group: 0, outcome: 'failed' as const };
    const slow = drive([task([], failing), task([], { group: 0 })], {
      groups: [{ maxParallel: null, failFast: false }],
    });
    assert.deepEqual(slow.ends, ['failed', 'succeeded']);
    const allowed = drive(
      [task([], { ...failing, continueOnError: true }), task([], { group: 0 })],
      {
        groups: [{ maxParallel: null, failFast: true }],
      },
    );
    assert.deepEqual(allowed.ends, ['failed', 'succeeded']);
  });

  it('skips what has not started after the first failure of a fail-fast workflow, but not finally', () => {
    const tasks = [
      task([], { outcome: 'failed' }),
      task([]),
      task([]),
      task([1]),
      task([], { isFinally: true }),
    ];
    const run = drive(tasks, { maxParallel: 2, failFast: true });
    assert.deepEqual(run.ends, ['failed', 'succeeded', 'skipped', 'skipped', 'succeeded']);
  });

  it('keeps the ends of an earlier attempt and runs the rest', () => {
    const tasks = [
      task([], { kept: 'succeeded' }),
      task([0], { kept: 'failed', outcome: 'failed' }),
      task([0]),
      task([1]),
      task([], { isFinally: true }),
    ];
    const run = drive(tasks);
    assert.deepEqual(run.ends, ['succeeded', 'failed', 'succeeded', 'skipped', 'succeeded']);
    assert.deepEqual(run.starts, [2, 4]);
  });

  it('gives a slot away while a task waits for its next attempt', () => {
    const scheduler = new Scheduler({
      tasks: [task([]), task([])],
      groups: [],
      maxParallel: 1,
      failFast: false,
    });
    assert.deepEqual(scheduler.next(), { type: 'start', task: 0 });
    assert.equal(scheduler.next(), null);
    scheduler.pause(0);
    assert.deepEqual(scheduler.next(), { type: 'start', task: 1 });
    scheduler.resume(0);
    assert.equal(scheduler.next(), null);
    scheduler.end(1, 'succeeded');
    assert.deepEqual(scheduler.next(), { type: 'start', task: 0 });
    scheduler.end(0, 'succeeded');
    assert.equal(scheduler.isOver, true);
  });

  it('drops a task that waits for its next attempt when the execution is cancelled', () => {
    const scheduler = new Scheduler({
      tasks: [task([])],
      groups: [],
      maxParallel: 1,
      failFast: false,
    });
    scheduler.next();
    scheduler.pause(0);
    scheduler.cancel('cancel');
    const cause = { kind: 'cancel' as const };
    assert.deepEqual(scheduler.next(), { type: 'drop', task: 0, status: 'cancelled', cause });
    scheduler.resume(0);
    assert.equal(scheduler.next(), null);
    assert.equal(scheduler.isOver, true);
  });

  it('gets through a skipped chain and a wide fan of 10,000 tasks', () => {
    const count = 10_000;
    const chain = Array.from({ length: count }, (_, index) =>
      task(index === 0 ? [] : [index - 1], index === 0 ? { outcome: 'failed' } : {}),
    );
    assert.equal(drive(chain).ends.filter((end) => end === 'skipped').length, count - 1);
    const fan = Array.from({ length: count }, (_, index) => task(index === 0 ? [] : [0]));
    assert.equal(
      drive(fan, { maxParallel: 8 }).ends.filter((end) => end === 'succeeded').length,
      count,
    );
  });
});
