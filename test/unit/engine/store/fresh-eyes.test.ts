import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { isExecutionOver } from '../../../../src/model/status.ts';
import { silentLog, systemClock, type Clock } from '../../../../src/engine/ports.ts';
import type { OwnedExecution } from '../../../../src/engine/store/owned-execution.ts';
import {
  activeFolder,
  executionFolder,
  journalPath,
  viewPath,
} from '../../../../src/engine/store/state-folder.ts';
import { StateReader } from '../../../../src/engine/store/state-reader.ts';
import { ViewPublisher } from '../../../../src/engine/store/view-publisher.ts';
import { between, oneOf, seededRandom } from '../../../faults/storm/seeded-random.ts';
import {
  create,
  deadOwner,
  finished,
  idOf,
  started,
  taskFinished,
  taskStarted,
  temporaryState,
} from './fixtures.ts';

const seeds = Number(process.env['FRESH_EYES_SEEDS'] ?? 15);
const steps = 25;

/** Readers wait for some seconds before they act on what may be a passing state; here these pass at once. */
class SkippingClock implements Clock {
  #skippedMs = 0;
  skip(ms: number): void {
    this.#skippedMs += ms;
  }
  wallMs(): number {
    return systemClock.wallMs();
  }
  monotonicMs(): number {
    return systemClock.monotonicMs() + this.#skippedMs;
  }
  after: Clock['after'] = (delayMs, run) => systemClock.after(Math.min(delayMs, 1), run);
}

/** A state folder, its runners, and what others do to it. */
class Trial {
  readonly clock = new SkippingClock();
  readonly #state = temporaryState();
  readonly #runners: OwnedExecution[] = [];
  readonly #publishers = new Map<OwnedExecution, ViewPublisher>();
  readonly #readers = new Map<string, StateReader>();
  #viewBefore: Buffer | null = null;
  #next = 0;

  readonly deeds: Readonly<
    Record<string, (pick: (below: number) => number) => Promise<void> | void>
  > = {
    begin: (pick) => {
      const owner = pick(3) === 0 ? { owner: deadOwner() } : {};
      const runner = create(this.#state.folder, idOf(this.#next++), 1, owner);
      runner.commit([started, taskStarted('t0')]);
      this.#runners.push(runner);
      this.#publishers.set(runner, this.#newPublisher());
    },
    end: (pick) => {
      this.#some(pick)?.commit([taskFinished('t0'), finished]);
    },
    publish: async (pick) => {
      const runner = this.#some(pick);
      if (runner !== undefined) await this.#publish(runner);
    },
    look: async (pick) => {
      await this.look(pick(2) === 0 ? 'one' : 'another');
    },
    glance: (pick) => {
      this.#reader(pick(2) === 0 ? 'one' : 'another').read();
    },
    keepView: () => {
      if (fs.existsSync(this.#view)) this.#viewBefore = fs.readFileSync(this.#view);
    },
    restoreView: () => {
      if (this.#viewBefore !== null) this.#write(this.#viewBefore);
    },
    emptyView: () => this.#write(Buffer.alloc(0)),
    removeView: () => this.#remove(this.#view),
    removeAll: () => this.#remove(this.#state.folder.root),
    removeExecutions: () => this.#remove(path.join(this.#state.folder.root, 'executions')),
    removeMarks: () => this.#remove(activeFolder(this.#state.folder)),
    removeOne: (pick) => {
      const runner = this.#some(pick);
      if (runner !== undefined) this.#remove(executionFolder(this.#state.folder, runner.state.id));
    },
  };

  get #view(): string {
    return viewPath(this.#state.folder);
  }

  /** What somebody who is there for longer, or with `fresh` somebody who comes now, has on the screen in the end. */
  async look(who: string): Promise<readonly string[]> {
    const reader = this.#reader(who);
    for (let round = 0; ; round += 1) {
      const reading = reader.read();
      const isRecovered = reader.recover();
      if (reading.repair !== null) await reader.repair(reading.repair);
      // What is left after some rounds is shown, though it could not be written down.
      if ((!isRecovered && reading.repair === null && round > 1) || round > 4) {
        return reading.executions
          .filter(({ status }) => !isExecutionOver(status))
          .map(({ id, status, seq, owner }) => {
            // What has no records any more is told to have none.
            const hasRecords = fs.existsSync(journalPath(this.#state.folder, id, 1));
            assert.equal(reading.lost.includes(id), !hasRecords, `${who} sees ${id} ${status}`);
            const isAlive = owner?.pid === process.pid;
            return `${id} ${status} ${String(seq)}${isAlive ? '' : ' of a dead runner'}`;
          })
          .sort();
      }
      this.clock.skip(5000);
    }
  }

  /** Runners do so with each change. */
  async publishAll(): Promise<void> {
    for (const runner of this.#runners) await this.#publish(runner);
  }

  end(): void {
    for (const publisher of this.#publishers.values()) publisher.dispose();
    for (const runner of this.#runners) runner.dispose();
    this.#state.remove();
  }

  async #publish(runner: OwnedExecution): Promise<void> {
    const publisher = this.#publishers.get(runner);
    publisher?.publish(runner.state);
    await publisher?.flush();
  }

  #reader(who: string): StateReader {
    const known = this.#readers.get(who);
    if (known !== undefined) return known;
    const { folder } = this.#state;
    const reader = new StateReader({ folder, clock: this.clock, log: silentLog, keep: 200 });
    if (who !== 'fresh') this.#readers.set(who, reader);
    return reader;
  }

  #newPublisher(): ViewPublisher {
    return new ViewPublisher({ folder: this.#state.folder, clock: this.clock, minIntervalMs: 0 });
  }

  #some(pick: (below: number) => number): OwnedExecution | undefined {
    return this.#runners.length === 0 ? undefined : this.#runners[pick(this.#runners.length)];
  }

  #write(bytes: Buffer): void {
    if (fs.existsSync(path.dirname(this.#view))) fs.writeFileSync(this.#view, bytes);
  }

  #remove(target: string): void {
    fs.rmSync(target, { recursive: true, force: true });
  }
}

describe('who looks at a folder for long', () => {
  it('sees what somebody sees who comes now, and nothing running without a runner, whatever was done to the folder', async () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const trial = new Trial();
      try {
        await compareAfterDeeds(trial, seed);
      } finally {
        trial.end();
      }
    }
  });
});

async function compareAfterDeeds(trial: Trial, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const done: string[] = [];
  const names = Object.keys(trial.deeds);
  for (let step = 0; step < steps; step += 1) {
    const name =
      random() < 0.5 ? oneOf(random, ['begin', 'publish', 'look', 'glance']) : oneOf(random, names);
    done.push(name);
    await trial.deeds[name]?.((below) => between(random, 0, below - 1));
  }
  await trial.publishAll();
  // What only one of them remembers comes back for all.
  for (const who of ['one', 'another']) await trial.look(who);
  const [one, another, fresh] = [
    await trial.look('one'),
    await trial.look('another'),
    await trial.look('fresh'),
  ];
  const what = `seed ${String(seed)}: ${done.join(' ')}`;
  assert.doesNotMatch(one.join(), /dead/, what);
  assert.equal(one.join('; '), fresh.join('; '), what);
  assert.equal(another.join('; '), fresh.join('; '), what);
}
