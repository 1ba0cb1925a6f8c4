/** Random orders of what owners, late owners, views and vandals do, against a model that shares no code with the store. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import type { ExecutionEvent } from '../../src/model/events.ts';
import type { Execution } from '../../src/model/execution.ts';
import { silentLog, systemClock } from '../../src/engine/ports.ts';
import { claimExecution, type OwnedExecution } from '../../src/engine/store/owned-execution.ts';
import { viewPath } from '../../src/engine/store/state-folder.ts';
import { StateReader } from '../../src/engine/store/state-reader.ts';
import { ViewPublisher } from '../../src/engine/store/view-publisher.ts';
import {
  codeOf,
  create,
  deadOwner,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
  value,
} from '../unit/engine/store/fixtures.ts';

const taskCount = 3;

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('create' as const) }) },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('advance' as const), at: fc.nat(), task: fc.nat() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('take over' as const), at: fc.nat() }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('late write' as const), at: fc.nat(), task: fc.nat() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write view' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('keep a copy' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('spoil view' as const),
      how: fc.constantFrom('delete', 'cut', 'garble', 'copy'),
      at: fc.nat(),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** What the model says of one execution: in plain words, by rules of its own. */
interface Expected {
  status: string;
  readonly tasks: string[];
}

class World {
  readonly #state = temporaryState();
  readonly #owners: OwnedExecution[] = [];
  readonly #late: { readonly handle: OwnedExecution; readonly at: number }[] = [];
  readonly #expected: Expected[] = [];
  readonly #copies: Buffer[] = [];
  readonly #publisher = new ViewPublisher({ folder: this.#state.folder, minIntervalMs: 0 });
  /** Looks all the time: what it showed once it may not take back. */
  readonly #reader = this.#newReader();

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'create':
        this.#create();
        break;
      case 'advance':
        this.#advance(step.at, step.task);
        break;
      case 'take over':
        this.#takeOver(step.at);
        break;
      case 'late write':
        this.#writeLate(step.at, step.task);
        break;
      case 'write view':
        for (const owned of this.#owners) this.#publisher.publish(owned.state);
        value(await this.#publisher.flush());
        break;
      case 'keep a copy':
        if (fs.existsSync(this.#view)) this.#copies.push(fs.readFileSync(this.#view));
        break;
      case 'spoil view':
        this.#spoil(step.how, step.at);
    }
    this.#check(this.#reader);
  }

  end(): void {
    this.#check(this.#newReader());
    this.#publisher.dispose();
    for (const { handle } of this.#late) handle.dispose();
    for (const owned of this.#owners) owned.dispose();
    this.#state.remove();
  }

  get #view(): string {
    return viewPath(this.#state.folder);
  }

  #newReader(): StateReader {
    const { folder } = this.#state;
    return new StateReader({ folder, clock: systemClock, log: silentLog, keep: 200 });
  }

  #create(): void {
    const id = idOf(this.#owners.length);
    this.#owners.push(create(this.#state.folder, id, taskCount, { owner: deadOwner() }));
    this.#expected.push({ status: 'pending', tasks: Array<string>(taskCount).fill('pending') });
  }

  #advance(at: number, task: number): void {
    const index = at % Math.max(1, this.#owners.length);
    const [owned, expected] = [this.#owners[index], this.#expected[index]];
    if (owned === undefined || expected === undefined) return;
    const event = nextEvent(expected, task % taskCount);
    if (event !== null) value(owned.commit([event]));
  }

  #takeOver(at: number): void {
    const index = at % Math.max(1, this.#owners.length);
    const before = this.#owners[index];
    if (before === undefined) return;
    const options = { owner: deadOwner(), why: 'recovery' } as const;
    this.#owners[index] = value(claimExecution(this.#state.folder, before.id, options));
    this.#late.push({ handle: before, at: index });
  }

  #writeLate(at: number, task: number): void {
    const late = this.#late[at % Math.max(1, this.#late.length)];
    const expected = late && this.#expected[late.at];
    if (late === undefined || expected === undefined) return;
    const copy = { status: expected.status, tasks: [...expected.tasks] };
    const event = nextEvent(copy, task % taskCount);
    // What it may do is decided by what it knows; whatever that is, nothing of it counts.
    if (event !== null) codeOf(late.handle.commit([event]));
  }

  #spoil(how: string, at: number): void {
    if (!fs.existsSync(this.#view)) return;
    const bytes = fs.readFileSync(this.#view);
    const copy = this.#copies[at % Math.max(1, this.#copies.length)];
    if (how === 'delete') fs.rmSync(this.#view);
    if (how === 'cut') fs.writeFileSync(this.#view, bytes.subarray(0, at % bytes.length));
    if (how === 'garble') fs.writeFileSync(this.#view, '<<<<<<< HEAD\n');
    if (how === 'copy' && copy !== undefined) fs.writeFileSync(this.#view, copy);
  }

  #check(reader: StateReader): void {
    const { executions } = reader.read();
    const shown = new Map(executions.map((execution) => [execution.id, describeStates(execution)]));
    const wanted = this.#expected.map(({ status, tasks }) => `${status}: ${tasks.join(' ')}`);
    assert.deepEqual(
      this.#owners.map(({ id }) => shown.get(id)),
      wanted,
    );
  }
}

function describeStates({ status, tasks }: Execution): string {
  return `${status}: ${tasks.map((task) => task.status).join(' ')}`;
}

/** Moves the model by one step and says which event that is; null when nothing is left to do. */
function nextEvent(expected: Expected, task: number): ExecutionEvent | null {
  const { status, tasks } = expected;
  if (status === 'pending') {
    expected.status = 'running';
    return started;
  }
  if (status !== 'running') return null;
  const id = `t${String(task)}`;
  if (tasks[task] === 'pending') {
    tasks[task] = 'running';
    return taskStarted(id);
  }
  if (tasks[task] === 'running') {
    tasks[task] = 'succeeded';
    return taskFinished(id);
  }
  if (!tasks.every((each) => each === 'succeeded')) return null;
  expected.status = 'succeeded';
  return finished;
}

describe('any order of records, takeovers, late writes and spoilt views', function () {
  this.timeout(120_000);

  it('shows exactly what was acknowledged', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const world = new World();
        try {
          for (const each of steps) await world.take(each);
        } finally {
          world.end();
        }
      }),
      { numRuns: 30 },
    );
  });
});
